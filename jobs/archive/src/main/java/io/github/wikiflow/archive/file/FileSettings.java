package io.github.wikiflow.archive.file;

import io.github.wikiflow.lake.Compression;
import java.io.Serializable;
import java.time.Duration;

/**
 * When a file is written, and how.
 *
 * @param interval how long a row waits at most before its file is written; positive
 * @param rows how many rows a file has at most; positive
 * @param compression of the file's pages
 * @param compressionLevel for {@link Compression#ZSTD}, 1 (fast) to 22 (small)
 */
public record FileSettings(
        Duration interval, int rows, Compression compression, int compressionLevel)
        implements Serializable {}
