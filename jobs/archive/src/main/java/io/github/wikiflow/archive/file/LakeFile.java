package io.github.wikiflow.archive.file;

/**
 * A finished file of the lake that has no place yet.
 *
 * @param folder below the lake's root, see {@link io.github.wikiflow.lake.LakePartition#folder}
 * @param rows how many rows are in it
 * @param content the whole file
 */
public record LakeFile(String folder, int rows, byte[] content) {}
