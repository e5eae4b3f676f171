package io.github.wikiflow.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build knows of versions, for the User-Agent and {@code --version}. */
final class BridgeVersion {

    private static final Properties VERSIONS = load();

    private BridgeVersion() {}

    static String bridge() {
        return VERSIONS.getProperty("bridge");
    }

    static String eventSource() {
        return VERSIONS.getProperty("okhttp-eventsource");
    }

    private static Properties load() {
        Properties versions = new Properties();
        try (InputStream in = BridgeVersion.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("versions.properties of the bridge's jar", e);
        }
        return versions;
    }
}
