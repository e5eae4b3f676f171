package io.github.wikiflow.archive.file;

/** How the pages of a file are compressed. */
public enum Compression {
    ZSTD,
    SNAPPY,
    GZIP,
    NONE
}
