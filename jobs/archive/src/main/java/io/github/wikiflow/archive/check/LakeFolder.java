package io.github.wikiflow.archive.check;

import io.github.wikiflow.events.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lake is looked at: a picocli mixin. */
final class LakeFolder {

    private static final String LAKE = "lake";

    @Option(
            names = "--lake",
            paramLabel = "FOLDER",
            description = "Root folder of the lake (default: the one of up).")
    private @Nullable Path lake;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "data",
            description =
                    "The folder that up was given, whose lake is looked at unless --lake names one"
                            + " (default: ./${DEFAULT-VALUE}).")
    private Path data;

    /**
     * The lake's root.
     *
     * @throws UsageException if there is none, or more than one
     */
    org.apache.flink.core.fs.Path find() throws IOException {
        return new org.apache.flink.core.fs.Path(
                (lake == null ? ofUp() : named(lake)).toAbsolutePath().normalize().toUri());
    }

    private static Path named(Path lake) {
        if (!Files.isDirectory(lake)) {
            throw new UsageException(
                    "--lake: there is no folder '%s'; name the root of a lake".formatted(lake));
        }
        return lake;
    }

    private Path ofUp() throws IOException {
        List<Path> lakes = List.of();
        if (Files.isDirectory(data)) {
            try (Stream<Path> kinds = Files.list(data)) {
                lakes =
                        kinds.map(kind -> kind.resolve(LAKE))
                                .filter(Files::isDirectory)
                                .sorted()
                                .toList();
            }
        }
        if (lakes.size() != 1) {
            throw new UsageException(
                    "--data: there is %s in '%s'; name one with --lake"
                            .formatted(
                                    lakes.isEmpty() ? "no lake" : "more than one lake " + lakes,
                                    data));
        }
        return lakes.get(0);
    }
}
