package io.github.wikiflow.benchmarks.parquetjava;

import io.github.wikiflow.events.change.WikiChange;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A change and the record that brought it. */
record Row(ConsumerRecord<byte[], byte[]> record, WikiChange change) {}
