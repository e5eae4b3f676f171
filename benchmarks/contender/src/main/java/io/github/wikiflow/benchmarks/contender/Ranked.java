package io.github.wikiflow.benchmarks.contender;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many changes a user made in a window: one line of a contender's answer.
 *
 * @param windowStart in epoch seconds
 * @param user not null
 */
public record Ranked(long windowStart, String user, long count) {

    /** Places of a ranking. */
    public static final int PLACES = 10;

    /** Most first, then by code point, which is the order of the bytes in UTF-8. */
    private static final Comparator<Ranked> ORDER =
            Comparator.comparingLong(Ranked::count)
                    .reversed()
                    .thenComparing(
                            ranked -> ranked.user().getBytes(StandardCharsets.UTF_8),
                            Arrays::compareUnsigned);

    /** The first ten of each window, in order. */
    public static List<Ranked> first(Iterable<Ranked> counts) {
        Map<Long, List<Ranked>> windows = new TreeMap<>();
        for (Ranked ranked : counts) {
            windows.computeIfAbsent(ranked.windowStart(), start -> new ArrayList<>()).add(ranked);
        }
        List<Ranked> result = new ArrayList<>();
        for (List<Ranked> window : windows.values()) {
            window.sort(ORDER);
            result.addAll(window.subList(0, Math.min(PLACES, window.size())));
        }
        return result;
    }

    /** Writes an answer for {@link #read}. */
    public static void write(Path file, List<Ranked> answer) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(answer.size());
            for (Ranked ranked : answer) {
                out.writeLong(ranked.windowStart());
                out.writeUTF(ranked.user());
                out.writeLong(ranked.count());
            }
        }
    }

    /** The answer that {@link #write} wrote. */
    public static List<Ranked> read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int size = in.readInt();
            List<Ranked> answer = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                answer.add(new Ranked(in.readLong(), in.readUTF(), in.readLong()));
            }
            return answer;
        }
    }
}
