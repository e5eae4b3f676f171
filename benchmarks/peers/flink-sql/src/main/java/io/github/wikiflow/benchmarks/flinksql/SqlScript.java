package io.github.wikiflow.benchmarks.flinksql;

import io.github.wikiflow.benchmarks.contender.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.Path;

/** The statements of this peer, which lie beside this class as files. */
final class SqlScript {

    private SqlScript() {}

    /** A statement with its {@code ${names}} filled in. */
    static String read(String name, Task task) throws IOException {
        try (InputStream in = SqlScript.class.getResourceAsStream(name + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${bootstrap-servers}", task.bootstrapServers())
                    .replace("${topic}", task.topic())
                    .replace("${output-topic}", task.outputTopic())
                    .replace("${lake}", new Path(task.lake().toUri()).toString());
        }
    }
}
