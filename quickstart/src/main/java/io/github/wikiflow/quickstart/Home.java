package io.github.wikiflow.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of wikiflow itself, with its configuration and its jars; the launcher names it. It is
 * a source tree in which jars were built, or an unpacked distribution.
 */
public final class Home {

    private Home() {}

    /** The folder, absolute. */
    public static Path folder() {
        return Path.of(System.getProperty("wikiflow.home", ".")).toAbsolutePath().normalize();
    }

    /** The folder of Flink's {@code config.yaml} and of what is logged. */
    static Path configuration() {
        return folder().resolve(isSourceTree() ? "flink-conf" : "conf");
    }

    /** The jar of a job that users submit too. */
    public static Path jobJar(String job) {
        String jar = "wikiflow-%s.jar".formatted(job);
        return isSourceTree()
                ? folder().resolve("jobs").resolve(job).resolve("target").resolve(jar)
                : folder().resolve("jobs").resolve(jar);
    }

    private static boolean isSourceTree() {
        return Files.exists(folder().resolve("pom.xml"));
    }
}
