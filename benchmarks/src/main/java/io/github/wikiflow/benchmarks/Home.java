package io.github.wikiflow.benchmarks;

import java.nio.file.Path;

/** Where the project is, in which it has been built. */
public final class Home {

    private Home() {}

    /** The project's folder, as the launcher says. */
    public static Path folder() {
        return Path.of(System.getProperty("wikiflow.home", ".")).toAbsolutePath().normalize();
    }
}
