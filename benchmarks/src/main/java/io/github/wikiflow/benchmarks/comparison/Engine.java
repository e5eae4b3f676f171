package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.quickstart.Home;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What contenders are built on. Each has a class path of its own, since they do not agree. */
public enum Engine {
    /** No engine: loops by hand. */
    NONE(false, "java.lang"),
    /** The project's jobs. */
    WIKIFLOW(false, "java.lang", "java.util"),
    FLINK_SQL(true, "java.lang", "java.util"),
    KAFKA_STREAMS(true),
    /** Parquet's own writer in a loop by hand, which needs Hadoop's classes. */
    PARQUET_JAVA(true),
    /** What Spark's launcher opens on Java 17. */
    SPARK(
            true,
            "java.io",
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    private final boolean peer;
    private final List<String> opened;

    Engine(boolean peer, String... opened) {
        this.peer = peer;
        this.opened = List.of(opened);
    }

    /** Whether it is built apart, with a class path of its own. */
    public boolean isPeer() {
        return peer;
    }

    /** The name in options. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The JVM options that open what the engine needs of Java's modules. */
    List<String> openedPackages() {
        return opened.stream()
                .map(name -> "--add-opens=java.base/%s=ALL-UNNAMED".formatted(name))
                .toList();
    }

    /**
     * All that its contenders need.
     *
     * @throws OperationException if a peer is not built
     */
    String classPath() {
        if (!peer) {
            return System.getProperty("java.class.path");
        }
        Path target = Home.folder().resolve("benchmarks/peers").resolve(label()).resolve("target");
        Path jar = target.resolve("wikiflow-peer-" + label() + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new OperationException(
                    "--peers: %s is not built (no %s); build it with mvn -Ppeers package -DskipTests"
                            .formatted(label(), jar));
        }
        return jar + File.pathSeparator + target.resolve("lib") + "/*";
    }
}
