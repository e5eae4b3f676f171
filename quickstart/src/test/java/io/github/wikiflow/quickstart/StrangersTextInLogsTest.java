package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the logs of all processes make of text that wants to be more than text. */
class StrangersTextInLogsTest {

    private static final String HOSTILE =
            "Ж𝄞\r\n2026-11-30 20:00:00,000 INFO forged\u001b]0;title\u0007\u009b2J\u0085\u2028\u2029\u202egnp.exe\u2066\u200f\u0000";

    private static final String FORGED = "2026-11-30 20:00:00,000 INFO forged";

    @TempDir private Path folder;

    @BeforeEach
    void nameTheLogFile() {
        System.setProperty("log.file", folder.resolve("test.log").toString());
    }

    @AfterEach
    void forgetTheLogFile() {
        System.clearProperty("log.file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flink-conf/log4j-console.properties",
                "flink-conf/log4j-cli.properties",
                "source-bridge/src/main/resources/log4j2-bridge.xml",
                "dashboard/src/main/resources/log4j2-dashboard.xml"
            })
    void staysOneLineAndMovesNoCursor(String file) {
        URI configurationFile = Home.folder().resolve(file).toUri();
        try (LoggerContext context = new LoggerContext("test", null, configurationFile)) {
            Configuration configuration =
                    ConfigurationFactory.getInstance()
                            .getConfiguration(context, "test", configurationFile);
            context.start(configuration);
            assertThat(configuration.getAppenders()).isNotEmpty();
            for (Appender appender : configuration.getAppenders().values()) {
                String message = text(appender, event(HOSTILE, null));
                assertThat(message)
                        .contains("Ж𝄞??2026-11-30 20:00:00,000 INFO forged?]0;title??2J");
                assertThat(message.lines()).hasSize(1);
                assertHarmless(message);

                String trace = text(appender, event("failed", new IllegalStateException(HOSTILE)));
                List<String> lines = trace.lines().toList();
                assertThat(lines.get(0)).endsWith(" - failed");
                assertThat(lines.subList(1, lines.size()))
                        .hasSizeGreaterThan(2)
                        .allMatch(line -> line.startsWith("  | "))
                        .anyMatch(line -> line.contains(FORGED))
                        .anyMatch(line -> line.contains("staysOneLineAndMovesNoCursor"));
                assertHarmless(trace);
            }
        }
    }

    private static void assertHarmless(String text) {
        assertThat(text.replace(System.lineSeparator(), "").replace("\t", ""))
                .doesNotContainPattern("[\\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]");
    }

    private static String text(Appender appender, LogEvent event) {
        return appender.getLayout().toSerializable(event).toString();
    }

    private static LogEvent event(String message, Throwable thrown) {
        return Log4jLogEvent.newBuilder()
                .setLoggerName("io.github.wikiflow.Test")
                .setLevel(Level.WARN)
                .setMessage(new SimpleMessage(message))
                .setThrown(thrown)
                .build();
    }
}
