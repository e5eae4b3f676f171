package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.harness.pipeline.FlinkProcesses;
import io.github.wikiflow.sandbox.generator.EventKind;
import io.github.wikiflow.sandbox.generator.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is compared.
 *
 * @param events in the topic
 * @param partitions of the topic
 * @param users how many different ones make the changes
 * @param wikis how many different ones are changed
 * @param checked whether answers are checked, which takes memory that grows with the events
 * @param rounds how often each contender runs
 * @param contenders who runs, in order
 * @param heap of every contender; null for what fits each
 * @param jvmOptions further options of every contender's JVM
 * @param jobOptions further options of the tasks of the project's jobs, such as {@code
 *     flink.KEY=VALUE}
 * @param timeout after which a run has failed
 * @param recordings the folder for what Java Flight Recorder notes of each contender; null for none
 */
public record ComparisonSettings(
        long events,
        int partitions,
        int users,
        int wikis,
        boolean checked,
        int rounds,
        List<Contender> contenders,
        @Nullable String heap,
        List<String> jvmOptions,
        List<String> jobOptions,
        Duration timeout,
        @Nullable Path recordings) {

    /** So that 300 wikis make 600 partitions of the lake. */
    private static final Duration SPAN = Duration.ofDays(2);

    /** Everybody gets two cores. */
    private static final String CORES = "-XX:ActiveProcessorCount=2";

    public ComparisonSettings {
        contenders = List.copyOf(contenders);
        jvmOptions = List.copyOf(jvmOptions);
        jobOptions = List.copyOf(jobOptions);
    }

    /**
     * The events: as the real stream after the bridge, with late changes, and spread over the same
     * two days however many they are.
     */
    Workload workload() {
        return Workload.builder()
                .eventsPerSecond((double) events / SPAN.toSeconds())
                .users(users)
                .wikis(wikis)
                .redactedShare(0.0005)
                .share(EventKind.STRAGGLER, 0.0005)
                .share(EventKind.LATE, 0.001)
                .build();
    }

    /** The largest heap of a contender. */
    String heap(Contender contender) {
        return heap == null ? contender.heap() : heap;
    }

    /** What a contender's JVM is started with. */
    List<String> jvmOptions(Contender contender) {
        List<String> options = new ArrayList<>(tuning(contender));
        options.add(CORES);
        options.addAll(contender.engine().openedPackages());
        if (recordings != null) {
            options.add(
                    "-XX:StartFlightRecording=filename=%s,settings=profile,dumponexit=true"
                            .formatted(recordings.resolve(contender.label() + ".jfr")));
            // Stacks that are cut have lost their beginning, which is where they are joined.
            options.add("-XX:FlightRecorderOptions=stackdepth=512");
        }
        return options;
    }

    /** Those of its JVM's options that have to do with its speed and memory. */
    List<String> tuning(Contender contender) {
        List<String> options = new ArrayList<>(List.of("-Xmx" + heap(contender)));
        if (contender.engine() == Engine.WIKIFLOW) {
            options.addAll(FlinkProcesses.taskManagerJvmOptions());
        }
        options.addAll(jvmOptions);
        return options;
    }

    /** The options of a contender's task. */
    List<String> options(Contender contender) {
        List<String> options = new ArrayList<>(contender.options());
        if (contender.engine() == Engine.WIKIFLOW) {
            options.addAll(jobOptions);
        }
        return options;
    }
}
