package io.github.wikiflow.faults.check;

import java.util.ArrayList;
import java.util.List;

/** What is not as the generator says it should be; the first few, and how many. Thread-safe. */
public final class Differences {

    private static final int SHOWN = 20;

    private final List<String> first = new ArrayList<>();
    private long count;

    /** Notes one, on one line. */
    public synchronized void add(String format, Object... arguments) {
        count++;
        if (first.size() < SHOWN) {
            first.add(format.formatted(arguments));
        }
    }

    /** How many there are. */
    public synchronized long count() {
        return count;
    }

    /** The first ones. */
    public synchronized List<String> first() {
        return List.copyOf(first);
    }
}
