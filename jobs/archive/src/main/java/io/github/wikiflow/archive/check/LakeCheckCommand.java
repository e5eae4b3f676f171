package io.github.wikiflow.archive.check;

import io.github.wikiflow.events.kafka.KafkaOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./wikiflow lake check}: whether all that should be in a lake is there, once. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Read a whole lake and say what is wrong with it, one line each with the remedy:"
                    + " files that cannot be read, have other columns or other rows than they should,"
                    + " or lie in the wrong day; changes that are there twice; files that do not"
                    + " belong to what was committed; and with --topic, changes that are missing.",
            "The exit code is 0 if nothing is wrong, otherwise 1."
        })
final class LakeCheckCommand implements Callable<Integer> {

    @Mixin private LakeFolder lake;
    @Mixin private KafkaOptions kafka;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description =
                    "Compare with this topic too: what it still has and the archive has read must be"
                            + " in the lake, or among the dead letters.")
    private @Nullable String topic;

    @Option(
            names = "--dead-letters-topic",
            paramLabel = "NAME",
            defaultValue = "wiki-changes-dead-letters",
            description = "Topic of what cannot be archived (default: ${DEFAULT-VALUE}).")
    private String deadLetterTopic;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "wikiflow-archive",
            description =
                    "Consumer group of the archive, which says how far it has read"
                            + " (default: ${DEFAULT-VALUE}).")
    private String group;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path root = lake.find();
        Findings findings = new Findings(spec.commandLine().getOut());
        // First, so that all that it says is committed is found then.
        TopicGaps gaps =
                topic == null
                        ? null
                        : TopicGaps.ask(kafka.clientProperties(), topic, deadLetterTopic, group);
        CommittedFiles committed = new CommittedFiles(root);
        List<FileStatus> files = committed.check(findings);
        Map<TopicPartition, Offsets> changes = new HashMap<>();
        FileContents contents = new FileContents(changes, findings);
        for (FileStatus file : files) {
            contents.check(file);
        }
        if (gaps != null) {
            gaps.check(changes, committed.waiting(), findings);
        }
        if (findings.none()) {
            findings.fine(
                    "%d files with %d rows are as they should be", files.size(), contents.rows());
        }
        return findings.none() ? 0 : 1;
    }
}
