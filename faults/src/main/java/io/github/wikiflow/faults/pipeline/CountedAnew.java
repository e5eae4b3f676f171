package io.github.wikiflow.faults.pipeline;

import io.github.wikiflow.sandbox.generator.OffsetCount;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A source log that begins anew at times: from then on its offsets are lower. Thread-safe. */
public final class CountedAnew implements OffsetCount {

    private static final String SEPARATOR = ",";

    private final List<Beginning> beginnings = new CopyOnWriteArrayList<>();

    /**
     * A time from which on events count lower.
     *
     * @param back by how much, in comparison with a log that never began anew
     */
    private record Beginning(long time, long back) {}

    @Override
    public long named(long offset, long sourceTime) {
        long back = 0;
        for (Beginning beginning : beginnings) {
            if (sourceTime >= beginning.time()) {
                back = beginning.back();
            }
        }
        return offset - back;
    }

    /**
     * The log begins anew.
     *
     * @param time of no event that has been made already, in epoch milliseconds
     * @param lower by how much its offsets are lower than before
     */
    public void begin(long time, long lower) {
        long before = beginnings.isEmpty() ? 0 : beginnings.get(beginnings.size() - 1).back();
        beginnings.add(new Beginning(time, before + lower));
    }

    /** As one word, for another process. */
    String toWord() {
        return beginnings.stream()
                .map(each -> each.time() + ":" + each.back())
                .collect(Collectors.joining(SEPARATOR, SEPARATOR, ""));
    }

    /** Becomes as the one that wrote the word. */
    void set(String word) {
        beginnings.clear();
        Arrays.stream(word.split(SEPARATOR))
                .filter(each -> !each.isEmpty())
                .map(each -> each.split(":"))
                .forEach(
                        each ->
                                beginnings.add(
                                        new Beginning(
                                                Long.parseLong(each[0]), Long.parseLong(each[1]))));
    }
}
