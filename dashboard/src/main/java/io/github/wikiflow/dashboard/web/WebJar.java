package io.github.wikiflow.dashboard.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Finds the files of a front-end library that is packed as a WebJar (https://www.webjars.org). */
final class WebJar {

    private WebJar() {}

    /**
     * The folder of the library on the class path, which has the version in its name.
     *
     * @param name the library's name in npm
     */
    static String folder(String name) {
        String properties = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
        try (InputStream in = WebJar.class.getResourceAsStream(properties)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + properties);
            }
            Properties maven = new Properties();
            maven.load(in);
            return "/META-INF/resources/webjars/" + name + "/" + maven.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
