package io.github.wikiflow.quickstart;

import java.nio.file.Path;

/** The folder of wikiflow itself, with its configuration and its jars; the launcher names it. */
public final class Home {

    private Home() {}

    /** The folder, absolute. */
    public static Path folder() {
        return Path.of(System.getProperty("wikiflow.home", ".")).toAbsolutePath().normalize();
    }

    /** The jar of a job that users submit too. */
    public static Path jobJar(String module) {
        return folder().resolve("jobs/%1$s/target/wikiflow-%1$s.jar".formatted(module));
    }
}
