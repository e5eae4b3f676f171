package io.github.wikiflow.archive.lake;

/**
 * A file of the lake that readers cannot see yet.
 *
 * @param staged where it is, below the lake's root
 * @param target where it shall be, below the lake's root
 * @param bytes its length
 * @param rows how many rows are in it
 */
record StagedFile(String staged, String target, long bytes, long rows) {}
