package io.github.wikiflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ChangesInputTest {

    @Test
    void refusesABoundedJobThatWouldNotEnd() {
        assertThatThrownBy(() -> input("--bounded").requireEnd(fromSavepoint()))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--bounded:")
                .hasMessageContaining("'file:///savepoints/1'");
    }

    @Test
    void acceptsEveryOtherStart() {
        assertThatCode(() -> input("--bounded").requireEnd(new Configuration()))
                .doesNotThrowAnyException();
        assertThatCode(() -> input().requireEnd(fromSavepoint())).doesNotThrowAnyException();
    }

    @Test
    void keepsTransactionsOpenAsLongAsBrokersAllow() {
        assertThat(input().producerProperties())
                .containsEntry("transaction.timeout.ms", "900000")
                .containsAllEntriesOf(input().clientProperties());
    }

    @Test
    void leavesTheUserTheLastWord(@TempDir Path folder) throws IOException {
        Path settings =
                Files.writeString(
                        folder.resolve("kafka.properties"),
                        "transaction.timeout.ms=60000\nlinger.ms=0\n");
        assertThat(input("--kafka-properties", settings.toString()).producerProperties())
                .containsEntry("transaction.timeout.ms", "60000")
                .containsEntry("linger.ms", "0");
    }

    private static Configuration fromSavepoint() {
        Configuration configuration = new Configuration();
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, "file:///savepoints/1");
        return configuration;
    }

    private static ChangesInput input(String... arguments) {
        Job job = new Job();
        JobCommand.parse(job, Map.of(), arguments);
        return job.input;
    }

    @Command
    private static final class Job {
        @Mixin private ChangesInput input;
    }
}
