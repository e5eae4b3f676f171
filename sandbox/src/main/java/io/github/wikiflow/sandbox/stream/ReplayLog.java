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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * A file of recorded events, one a line, served in the order of the file and byte for byte. Which
 * topic an event is in is what it says itself; offsets count from 0 in each topic, because recorded
 * ones have gaps; its timestamp is the moment at which it is replayed.
 *
 * <p>The events stay in the file; about 25 bytes a line are kept in memory. Opened again with the
 * same start it is the same log. Thread-safe.
 */
public final class ReplayLog extends TimedLog implements AutoCloseable {

    /** The speed that publishes everything at once. */
    public static final double AT_ONCE = Double.POSITIVE_INFINITY;

    private static final DataCentre[] DATA_CENTRES = DataCentre.values();

    private final RandomAccessFile file;
    private final long start;
    private final long[] nextOffsets = new long[DATA_CENTRES.length];
    private int size;
    private long[] begins = new long[1024];
    private int[] lengths = new int[1024];
    private byte[] dataCentres = new byte[1024];
    private int[] offsets = new int[1024];
    private long[] times = new long[1024];

    private ReplayLog(RandomAccessFile file, Instant start, InstantSource clock) {
        super(clock);
        this.file = file;
        this.start = start.toEpochMilli();
    }

    /**
     * Reads through a file once.
     *
     * @param path of UTF-8 text, one event a line; empty lines do not count
     * @param stream whose topics the events are in; those that name no topic of it are in the first
     * @param start when the first event is published
     * @param speed how many times faster than recorded; {@link #AT_ONCE} for no pace at all
     * @throws OperationException if the file cannot be read
     */
    public static ReplayLog open(
            Path path, String stream, Instant start, double speed, InstantSource clock) {
        try {
            ReplayLog log = new ReplayLog(new RandomAccessFile(path.toFile(), "r"), start, clock);
            log.index(path, stream, new ReplayPace(speed));
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
        return new SourceEvent(DATA_CENTRES[dataCentres[line]], offsets[line], times[line], json);
    }

    @Override
    public long indexAtTime(DataCentre dataCentre, long timestamp) {
        return nextOf(dataCentre, (int) indexAtTime(timestamp));
    }

    @Override
    public long indexAtOffset(DataCentre dataCentre, long offset) {
        int index = nextOf(dataCentre, 0);
        while (index < size && offsets[index] < offset) {
            index = nextOf(dataCentre, index + 1);
        }
        return index;
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

    private int nextOf(DataCentre dataCentre, int from) {
        int index = from;
        while (index < size && dataCentres[index] != dataCentre.ordinal()) {
            index++;
        }
        return index;
    }

    private void index(Path path, String stream, ReplayPace pace) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 18)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long begin = 0;
            long position = 0;
            int next;
            do {
                next = in.read();
                position++;
                if (next != '\n' && next != '\r' && next >= 0) {
                    line.write(next);
                    continue;
                }
                if (line.size() > 0) {
                    add(begin, line.toByteArray(), stream, pace);
                    line.reset();
                }
                begin = position;
            } while (next >= 0);
        }
    }

    private void add(long begin, byte[] json, String stream, ReplayPace pace) {
        RecordedEvent recorded = RecordedEvent.parse(json);
        DataCentre named =
                recorded.topic() == null ? null : DataCentre.ofTopic(recorded.topic(), stream);
        DataCentre dataCentre = named == null ? DATA_CENTRES[0] : named;
        if (size == begins.length) {
            int capacity = size * 2;
            begins = Arrays.copyOf(begins, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            dataCentres = Arrays.copyOf(dataCentres, capacity);
            offsets = Arrays.copyOf(offsets, capacity);
            times = Arrays.copyOf(times, capacity);
        }
        begins[size] = begin;
        lengths[size] = json.length;
        dataCentres[size] = (byte) dataCentre.ordinal();
        offsets[size] = (int) nextOffsets[dataCentre.ordinal()]++;
        times[size] = start + pace.next(recorded.time());
        size++;
    }
}
