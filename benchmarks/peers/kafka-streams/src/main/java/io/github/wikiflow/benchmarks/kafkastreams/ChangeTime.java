package io.github.wikiflow.benchmarks.kafkastreams;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Event time: when the change was made. */
public final class ChangeTime implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return ((UserChange) record.value()).timestamp() * 1000;
    }
}
