package io.github.wikiflow.benchmarks.rankings;

import io.github.wikiflow.benchmarks.Measurement;
import io.github.wikiflow.benchmarks.Measurement.Run;
import java.util.Locale;

/**
 * Ways of ranking, or at least of reading, the events of a topic; each runs in a JVM of its own.
 */
enum Contender {
    /** Two consumers that read and throw away: what Kafka's client allows. */
    RAW_CONSUMPTION {
        @Override
        Run run(String bootstrapServers, String topic, long events) {
            return () -> ConsumerPair.read(bootstrapServers, topic, events, () -> record -> {});
        }
    },
    /** Two consumers whose records are parsed for two fields and counted in maps, by hand. */
    HAND_WRITTEN_LOOP {
        @Override
        Run run(String bootstrapServers, String topic, long events) {
            return () -> ConsumerPair.read(bootstrapServers, topic, events, HandWrittenCount::new);
        }
    },
    /** The rankings job, one dimension. */
    RANKINGS_OF_USERS {
        @Override
        Run run(String bootstrapServers, String topic, long events) {
            return () -> RankingsRun.run(bootstrapServers, topic, "users");
        }
    },
    /** The rankings job, all dimensions. */
    RANKINGS_OF_ALL {
        @Override
        Run run(String bootstrapServers, String topic, long events) {
            return () -> RankingsRun.run(bootstrapServers, topic, "users,humans,pages,wikis");
        }
    };

    abstract Run run(String bootstrapServers, String topic, long events);

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Runs one contender and writes its measurement: name, bootstrap servers, topic, events in it.
     */
    public static void main(String[] arguments) throws Exception {
        long events = Long.parseLong(arguments[3]);
        Run run = valueOf(arguments[0]).run(arguments[1], arguments[2], events);
        System.out.println(Measurement.of(events, run).toLine());
    }
}
