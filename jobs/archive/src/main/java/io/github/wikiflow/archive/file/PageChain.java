package io.github.wikiflow.archive.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.core.memory.MemorySegment;

/** Bytes, one after the other over as many pages as they need; appended to at the end only. */
final class PageChain {

    private final PagePool pool;
    private final int pageBytes;
    private final List<MemorySegment> pages = new ArrayList<>(1);
    private int length;

    PageChain(PagePool pool) {
        this.pool = pool;
        this.pageBytes = pool.pageBytes();
    }

    int length() {
        return length;
    }

    int pages() {
        return pages.size();
    }

    /** How many pages the pool must give for so many more bytes. */
    int pagesFor(int more) {
        return (length + more + pageBytes - 1) / pageBytes - pages.size();
    }

    void append(byte[] bytes, int count) {
        int done = 0;
        while (done < count) {
            int offset = length % pageBytes;
            if (offset == 0) {
                pages.add(pool.allocate());
            }
            int part = Math.min(count - done, pageBytes - offset);
            pages.get(pages.size() - 1).put(offset, bytes, done, part);
            done += part;
            length += part;
        }
    }

    /** Copies what stands at this position. */
    void read(int position, byte[] target, int count) {
        int done = 0;
        while (done < count) {
            int at = position + done;
            int offset = at % pageBytes;
            int part = Math.min(count - done, pageBytes - offset);
            pages.get(at / pageBytes).get(offset, target, done, part);
            done += part;
        }
    }

    void writeTo(DataOutputView out) throws IOException {
        // A page writes itself number by number, which is slow.
        byte[] copy = new byte[Math.min(length, pageBytes)];
        int rest = length;
        for (MemorySegment page : pages) {
            int part = Math.min(rest, pageBytes);
            page.get(0, copy, 0, part);
            out.write(copy, 0, part);
            rest -= part;
        }
    }

    /** Gives the pages back; the chain is empty then. */
    void clear() {
        pool.release(pages);
        pages.clear();
        length = 0;
    }
}
