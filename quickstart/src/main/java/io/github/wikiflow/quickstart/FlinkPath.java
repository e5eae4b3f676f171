package io.github.wikiflow.quickstart;

import java.nio.file.Path;

/**
 * The one place where a path of this machine becomes text for Flink, and back.
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

    /**
     * The file or folder that Flink speaks of.
     *
     * @throws IllegalArgumentException if it is on another file system than this machine's
     */
    public static Path local(String text) {
        org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(text);
        String scheme = path.toUri().getScheme();
        if (scheme != null && !scheme.equals("file")) {
            throw new IllegalArgumentException(text + " is not on this machine");
        }
        return Path.of(path.getPath());
    }
}
