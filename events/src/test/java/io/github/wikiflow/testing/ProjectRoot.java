package io.github.wikiflow.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project lies, whichever module is tested. */
final class ProjectRoot {

    private ProjectRoot() {}

    static Path find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CHANGELOG.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
