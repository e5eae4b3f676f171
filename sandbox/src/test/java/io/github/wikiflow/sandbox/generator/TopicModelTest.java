package io.github.wikiflow.sandbox.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class TopicModelTest {

    @Test
    void hashesAsKafkaDoes() {
        Random random = new Random(20260101);
        for (int length = 0; length < 200; length++) {
            for (int i = 0; i < 20; i++) {
                byte[] key = new byte[length];
                random.nextBytes(key);
                assertThat(TopicModel.murmur2(key)).as("%s", key).isEqualTo(Utils.murmur2(key));
                assertThat(TopicModel.partition(key, 7))
                        .isEqualTo(BuiltInPartitioner.partitionForKey(key, 7));
            }
        }
    }

    @Test
    void numbersTheEventsOfEachPartition() {
        TopicModel topic = new TopicModel(3);
        long[] next = new long[3];
        for (GeneratedEvent event : new EventLog(Workload.hostile()).events(0, 5_000)) {
            LandedEvent landed = topic.land(event);
            assertThat(landed.offset()).isEqualTo(next[landed.partition()]++);
            assertThat(landed.partition()).isEqualTo(TopicModel.partition(event.key(), 3));
            assertThat(landed.recordTime()).isEqualTo(event.recordTime());
        }
        assertThat(next).doesNotContain(0);
    }
}
