package io.github.wikiflow.jobs;

import io.github.wikiflow.events.options.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Where the lake is: a picocli mixin that the jobs which write or read it share. */
public final class LakeLocation {

    /** What a URI begins with, by RFC 3986. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

    @Option(
            names = "--lake",
            paramLabel = "URI",
            defaultValue = "file:///tmp/wikiflow/lake",
            description =
                    "Root folder of the lake: the URI of a folder on any of the cluster's file systems,"
                            + " such as s3:, hdfs: or file:, or a local path, in which no character"
                            + " means anything else (default: ${DEFAULT-VALUE}).")
    private String lake;

    /**
     * The lake's root.
     *
     * @throws UsageException if it is neither the URI of a folder nor a path
     */
    public URI uri() {
        if (!SCHEME.matcher(lake).lookingAt()) {
            return Path.of(lake).toAbsolutePath().toUri();
        }
        try {
            URI uri = new URI(lake);
            if (uri.isOpaque() || ("file".equals(uri.getScheme()) && uri.getAuthority() != null)) {
                throw new URISyntaxException(lake, "no slash before the first folder");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new UsageException(
                    "--lake: '%s' is no URI of a folder (%s); write one such as file:///var/my%%20lake or s3://bucket/lake, or a local path"
                            .formatted(lake, e.getReason()));
        }
    }
}
