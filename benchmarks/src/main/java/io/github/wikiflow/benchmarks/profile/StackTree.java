package io.github.wikiflow.benchmarks.profile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sampled stacks, those with the same beginning joined. Not thread-safe. */
final class StackTree {

    private final Map<String, StackTree> callees = new TreeMap<>();
    private final String frame;
    private long samples;

    /** A tree without samples. */
    StackTree() {
        this("all");
    }

    private StackTree(String frame) {
        this.frame = frame;
    }

    /**
     * Counts a sample.
     *
     * @param stack outermost frame first
     */
    void add(List<String> stack) {
        StackTree node = this;
        node.samples++;
        for (String called : stack) {
            node = node.callees.computeIfAbsent(called, StackTree::new);
            node.samples++;
        }
    }

    /** What its root stands for. */
    String frame() {
        return frame;
    }

    /** How many samples have its root's frame at this place. */
    long samples() {
        return samples;
    }

    /** What its root's frame was seen to call, by name. */
    Collection<StackTree> callees() {
        return callees.values();
    }

    /**
     * How many frames the deepest stack has, its root's included.
     *
     * @param least with fewer samples a frame does not count
     */
    int depth(double least) {
        int deepest = 0;
        for (StackTree callee : callees.values()) {
            if (callee.samples >= least) {
                deepest = Math.max(deepest, callee.depth(least));
            }
        }
        return 1 + deepest;
    }
}
