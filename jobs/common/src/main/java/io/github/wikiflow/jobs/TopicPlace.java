package io.github.wikiflow.jobs;

/** Something that was read from a topic, and remembers where. */
public interface TopicPlace {

    /** The record's partition. */
    int partition();

    /** The record's position in its partition. */
    long offset();
}
