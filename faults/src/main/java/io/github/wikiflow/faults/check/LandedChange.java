package io.github.wikiflow.faults.check;

/**
 * Where an event of the generated log stands in the topic of changes.
 *
 * @param index of the event in the log
 * @param recordTime Kafka's, in epoch milliseconds
 */
record LandedChange(long index, int partition, long offset, long recordTime) {}
