package io.github.wikiflow.archive.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.runtime.memory.MemoryAllocationException;
import org.apache.flink.runtime.memory.MemoryManager;

/**
 * The operator's share of the slot's managed memory, page by page. Pages once taken from Flink are
 * kept for reuse until {@link #close}.
 *
 * <p>Not thread-safe.
 */
final class PagePool implements AutoCloseable {

    private final MemoryManager memory;
    private final int capacity;
    private final ArrayDeque<MemorySegment> free = new ArrayDeque<>();
    private int taken;

    /**
     * @param capacity how many pages the pool may take from the memory manager
     */
    PagePool(MemoryManager memory, int capacity) {
        this.memory = memory;
        this.capacity = capacity;
    }

    int pageBytes() {
        return memory.getPageSize();
    }

    /** How many pages {@link #allocate} can still give. */
    int available() {
        return capacity - taken + free.size();
    }

    long usedBytes() {
        return (long) (taken - free.size()) * pageBytes();
    }

    /** A page; its content is arbitrary. */
    MemorySegment allocate() {
        MemorySegment page = free.poll();
        if (page != null) {
            return page;
        }
        if (taken == capacity) {
            throw new IllegalStateException("all %d pages are in use".formatted(capacity));
        }
        List<MemorySegment> one = new ArrayList<>(1);
        try {
            memory.allocatePages(this, one, 1);
        } catch (MemoryAllocationException e) {
            throw new IllegalStateException("the slot has less managed memory than promised", e);
        }
        taken++;
        return one.get(0);
    }

    void release(Collection<MemorySegment> pages) {
        free.addAll(pages);
    }

    @Override
    public void close() {
        memory.releaseAll(this);
    }
}
