package io.github.wikiflow.quickstart;

import java.nio.file.Path;

/**
 * Sends the logs of everything in this JVM to one file, so that the console is free for what a
 * person wants to see. Must be called before the first logger is made, since log4j reads its
 * configuration then.
 */
final class LogFile {

    private LogFile() {}

    /**
     * @param file where the log goes
     * @param configuration the folder of the cluster's logging configuration
     */
    static void use(Path file, Path configuration) {
        System.setProperty("log.file", file.toString());
        System.setProperty("wikiflow.console.level", "OFF");
        if (System.getProperty("log4j.configurationFile") == null) {
            System.setProperty(
                    "log4j.configurationFile",
                    configuration.resolve("log4j-console.properties").toUri().toString());
        }
    }
}
