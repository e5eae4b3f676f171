package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.source.SourceKind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A file of recorded events, one a line, served in the order of the file and byte for byte. Its one
 * topic is named by the file's content, an event's offset is the number of its line, and its
 * timestamp is the moment at which it is replayed: what the events say of these is of other logs,
 * and may be there several times. So a reader can go on exactly where it was, in this file and in
 * no other.
 *
 * <p>The events stay in the file; about 20 bytes a line are kept in memory. Opened again with the
 * same start it is the same log. Thread-safe.
 */
public final class ReplayLog extends TimedLog implements AutoCloseable {

    /** The speed that publishes everything at once. */
    public static final double AT_ONCE = Double.POSITIVE_INFINITY;

    private static final int DIGEST_BYTES = 8;

    private final RandomAccessFile file;
    private final long start;

    /** Empty until all of the file has been read. */
    private String topic = "";

    private int size;
    private long[] begins = new long[1024];
    private int[] lengths = new int[1024];
    private long[] times = new long[1024];

    private ReplayLog(RandomAccessFile file, Instant start, InstantSource clock) {
        super(clock);
        this.file = file;
        this.start = start.toEpochMilli();
    }

    /**
     * Reads through a file once.
     *
     * @param path of UTF-8 text, one event a line; empty lines do not count, nor does a byte order
     *     mark
     * @param start when the first event is published
     * @param speed how many times faster than recorded; {@link #AT_ONCE} for no pace at all
     * @throws OperationException if the file cannot be read, or is something else
     */
    public static ReplayLog open(Path path, Instant start, double speed, InstantSource clock) {
        try {
            long begin = ReplayFormat.firstByte(path);
            ReplayLog log = new ReplayLog(new RandomAccessFile(path.toFile(), "r"), start, clock);
            log.index(path, begin, new ReplayPace(speed));
            return log;
        } catch (IOException e) {
            throw new OperationException(
                    "the file to replay, %s, cannot be read (%s); name a file with one event a line"
                            .formatted(path, e),
                    e);
        }
    }

    @Override
    public SourceKind kind() {
        return SourceKind.REPLAY;
    }

    @Override
    public List<String> topics() {
        return List.of(topic);
    }

    @Override
    public boolean isResumedByOffset() {
        return true;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SourceEvent event(long index) {
        int line = Math.toIntExact(index);
        byte[] json = new byte[lengths[line]];
        try {
            synchronized (file) {
                file.seek(begins[line]);
                file.readFully(json);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SourceEvent(topic, index, times[line], json);
    }

    @Override
    public long indexAtTime(String name, long timestamp) {
        return indexAtTime(timestamp);
    }

    @Override
    public long indexAtOffset(String name, long offset) {
        return Math.max(0, Math.min(size, offset));
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    long timestamp(long index) {
        return times[(int) index];
    }

    @Override
    long indexAtTime(long timestamp) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < timestamp) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void index(Path path, long firstByte, ReplayPace pace) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in =
                new BufferedInputStream(
                        new DigestInputStream(Files.newInputStream(path), digest), 1 << 18)) {
            in.skipNBytes(firstByte);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long begin = firstByte;
            long position = firstByte;
            int next;
            do {
                next = in.read();
                position++;
                if (next != '\n' && next != '\r' && next >= 0) {
                    line.write(next);
                    continue;
                }
                if (line.size() > 0) {
                    add(begin, line.toByteArray(), pace);
                    line.reset();
                }
                begin = position;
            } while (next >= 0);
        }
        topic = "replay-" + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), DIGEST_BYTES));
    }

    private void add(long begin, byte[] json, ReplayPace pace) {
        if (size == begins.length) {
            int capacity = size * 2;
            begins = Arrays.copyOf(begins, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            times = Arrays.copyOf(times, capacity);
        }
        begins[size] = begin;
        lengths[size] = json.length;
        times[size] = start + pace.next(RecordedEvent.parse(json).time());
        size++;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
