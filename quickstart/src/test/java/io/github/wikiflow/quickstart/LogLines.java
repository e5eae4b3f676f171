package io.github.wikiflow.quickstart;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Everything that this JVM logs at level INFO and above while this is open. Thread-safe. */
final class LogLines implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig root = context.getConfiguration().getRootLogger();
    private final Level before = root.getLevel();
    private final AbstractAppender appender =
            new AbstractAppender("log-lines", null, null, false, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    lines.add(
                            "%s %s %s"
                                    .formatted(
                                            event.getLevel(),
                                            event.getMessage().getFormattedMessage(),
                                            event.getThrown()));
                }
            };

    private LogLines() {}

    static LogLines capture() {
        LogLines captured = new LogLines();
        captured.show(captured.before);
        captured.appender.start();
        captured.root.addAppender(captured.appender, Level.INFO, null);
        captured.root.setLevel(Level.INFO);
        captured.context.updateLoggers();
        return captured;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        root.setLevel(before);
        root.removeAppender(appender.getName());
        show(null);
        context.updateLoggers();
        appender.stop();
    }

    /** Of what is logged the console shows only this level and above; null for everything. */
    private void show(Level level) {
        for (Appender console : List.copyOf(root.getAppenders().values())) {
            root.removeAppender(console.getName());
            root.addAppender(console, level, null);
        }
    }
}
