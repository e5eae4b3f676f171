package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.Compression;
import java.io.Serializable;

/**
 * How files are written.
 *
 * @param rows how many rows a file has at most; positive
 * @param compression of the file's pages
 * @param compressionLevel for {@link Compression#ZSTD}, 1 (fast) to 22 (small)
 */
public record FileSettings(int rows, Compression compression, int compressionLevel)
        implements Serializable {}
