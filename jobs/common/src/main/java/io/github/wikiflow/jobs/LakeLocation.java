package io.github.wikiflow.jobs;

import io.github.wikiflow.events.options.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the lake is: a picocli mixin that the jobs which write or read it share. */
public final class LakeLocation {

    @Option(
            names = "--lake",
            paramLabel = "URI",
            defaultValue = "file:///tmp/wikiflow/lake",
            description =
                    "Root folder of the lake, on any of the cluster's file systems: file:, s3:, hdfs:;"
                            + " a path without scheme is local (default: ${DEFAULT-VALUE}).")
    private String lake;

    /**
     * The lake's root.
     *
     * @throws UsageException if it is no URI
     */
    public URI uri() {
        try {
            URI uri = new URI(lake);
            return uri.getScheme() == null ? Path.of(lake).toAbsolutePath().toUri() : uri;
        } catch (URISyntaxException e) {
            throw new UsageException(
                    "--lake: '%s' is no URI (%s); write one such as file:///var/lake or s3://bucket/lake"
                            .formatted(lake, e.getReason()));
        }
    }
}
