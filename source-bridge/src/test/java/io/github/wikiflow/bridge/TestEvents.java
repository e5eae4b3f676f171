package io.github.wikiflow.bridge;

import io.github.wikiflow.sandbox.stream.DataCentre;
import io.github.wikiflow.sandbox.stream.InMemoryLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Events as small as the bridge's tests allow, appended to a log. Event number n is about page n
 * modulo the number of pages; its id tells its number. Thread-safe.
 */
final class TestEvents {

    private static final int PAGES = 7;
    private static final String STREAM = "recentchange";

    private final InMemoryLog log;
    private final List<String> ids = new ArrayList<>();
    private final long[] skipped = new long[DataCentre.values().length];

    TestEvents(InMemoryLog log) {
        this.log = log;
    }

    /** Appends events, all with this source timestamp in epoch milliseconds. */
    synchronized TestEvents append(DataCentre dataCentre, int count, long timestamp) {
        for (int i = 0; i < count; i++) {
            int number = ids.size();
            String id = id(number);
            append(dataCentre, timestamp, json(dataCentre, id, number, "edit.example"));
            ids.add(id);
        }
        return this;
    }

    /** Appends a heartbeat, which is no event to forward. */
    synchronized void appendCanary(DataCentre dataCentre, long timestamp) {
        String id = new UUID(0xCA, offset(dataCentre)).toString();
        append(dataCentre, timestamp, json(dataCentre, id, 0, "canary"));
    }

    /** Appends what is no event. */
    synchronized void append(DataCentre dataCentre, long timestamp, byte[] data) {
        log.append(dataCentre, timestamp, data);
    }

    /** Leaves out offsets, as if events were lost. */
    synchronized void skip(DataCentre dataCentre, int offsets) {
        skipped[dataCentre.ordinal()] += offsets;
    }

    /** The ids of the events so far, in their order. */
    synchronized List<String> ids() {
        return List.copyOf(ids);
    }

    static String id(int number) {
        return new UUID(0x5EED, number).toString();
    }

    private long offset(DataCentre dataCentre) {
        return log.nextOffset(dataCentre) + skipped[dataCentre.ordinal()];
    }

    private byte[] json(DataCentre dataCentre, String id, int number, String domain) {
        return ("""
                {"meta":{"id":"%s","domain":"%s","topic":"%s","partition":0,"offset":%d},\
                "title":"Page %d","wiki":"testwiki","number":%d,"comment":"Grüße 雪"}"""
                        .formatted(
                                id,
                                domain,
                                dataCentre.topic(STREAM),
                                offset(dataCentre),
                                number % PAGES,
                                number))
                .getBytes(StandardCharsets.UTF_8);
    }
}
