package io.github.wikiflow.bridge.position;

/** Offsets of a source log from the first to the last, both included. */
public record OffsetRange(long first, long last) {}
