package io.github.wikiflow.quickstart;

import java.nio.file.Path;

/**
 * The one place where a path of this machine becomes text for Flink.
 *
 * <p>Flink takes the text of a path as it is, in options, requests and answers alike: a scheme and
 * then the name, in which {@code %20} is three characters and no space. The text of a URI, which
 * looks the same as long as names are plain, would lead to another folder.
 */
public final class FlinkPath {

    private FlinkPath() {}

    /** What Flink's options and requests take: absolute, with the scheme. */
    public static String text(Path path) {
        return new org.apache.flink.core.fs.Path(path.toUri()).toString();
    }
}
