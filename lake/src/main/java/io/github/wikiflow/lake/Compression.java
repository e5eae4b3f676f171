package io.github.wikiflow.lake;

/** How the pages of a file are compressed. */
public enum Compression {
    ZSTD,
    SNAPPY,
    GZIP,
    NONE
}
