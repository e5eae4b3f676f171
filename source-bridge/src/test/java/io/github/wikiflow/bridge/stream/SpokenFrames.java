package io.github.wikiflow.bridge.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random input by the grammar of Server-Sent Events, most of it odd and some of it damaged, and
 * what a client must make of it: the standard's algorithm, in the plainest words, over the bytes
 * that were made.
 *
 * @param bytes what a server sends on one connection
 * @param messages what its client must be given, in order
 */
record SpokenFrames(byte[] bytes, List<Message> messages) {

    /**
     * A message of a stream, its texts byte for byte.
     *
     * @param isError whether the service reports an error; all other messages are alike
     * @param id the last one sent so far; null before the first
     */
    record Message(boolean isError, String data, String id) {}

    private static final String[] LINE_ENDS = {"\n", "\r", "\r\n"};

    private static final String[] JSON = {
        "{\"meta\":{\"id\":\"%08x-0000-4000-8000-000000000000\",\"domain\":\"de.wikipedia.org\"},\"title\":\"A\"}",
        "{\"meta\":{\"id\":\"%08x\",\"topic\":\"eqiad.x\",\"partition\":0,\"offset\":1},\"user\":\"\u00e4\u96ea\"}",
        "{\"meta\":{\"domain\":\"canary\"},\"number\":%d}",
        "{\"comment\":\"%d\\\\u0000\",\"a\":[1,{\"b\":null}]}",
        "{\"number\":%d,",
        "[%d]",
        "%d",
        "<html>%d</html>"
    };

    private static final String[] FIELDS = {
        "data", "id", "event", "retry", "Data", "", "dat\u00e4", "x"
    };

    /** Makes the frames of one connection. */
    static SpokenFrames random(Random random, int frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String lineEnd = LINE_ENDS[random.nextInt(LINE_ENDS.length)];
        for (int i = 0; i < frames; i++) {
            frame(out, random, lineEnd);
        }
        byte[] bytes = out.toByteArray();
        return new SpokenFrames(bytes, messages(bytes));
    }

    private static void frame(ByteArrayOutputStream out, Random random, String lineEnd) {
        String end = random.nextInt(50) == 0 ? LINE_ENDS[random.nextInt(3)] : lineEnd;
        for (int lines = 1 + random.nextInt(3); lines > 0; lines--) {
            write(out, line(random) + end);
            if (random.nextInt(30) == 0) {
                // Any bytes at all, which may end lines and frames.
                byte[] noise = new byte[random.nextInt(12)];
                random.nextBytes(noise);
                out.writeBytes(noise);
            }
        }
        write(out, end);
    }

    private static String line(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> ":" + random.nextInt();
            case 1 -> FIELDS[random.nextInt(FIELDS.length)];
            case 2 ->
                    FIELDS[random.nextInt(FIELDS.length)]
                            + (random.nextBoolean() ? ":" : ": ")
                            + "x".repeat(random.nextInt(40));
            case 3 ->
                    "id: [{\"topic\":\"eqiad.mediawiki.recentchange\",\"partition\":0,\"timestamp\":%d}]"
                            .formatted(random.nextInt(1_000_000));
            case 4 -> "event: " + (random.nextBoolean() ? "message" : "error");
            case 5 -> "retry: " + (random.nextBoolean() ? "10" : "soon");
            default ->
                    (random.nextInt(4) == 0 ? "data:" : "data: ")
                            + JSON[random.nextInt(JSON.length)].formatted(random.nextInt(1 << 24));
        };
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The algorithm of the HTML standard, section 9.2.6, on bytes instead of characters. */
    private static List<Message> messages(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Message> messages = new ArrayList<>();
        StringBuilder data = null;
        String event = "";
        String id = null;
        int start = 0;
        while (true) {
            int end = start;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            if (end == text.length()) {
                // A frame that is not ended by a blank line does not count.
                return messages;
            }
            String line = text.substring(start, end);
            boolean crLf = text.charAt(end) == '\r' && text.startsWith("\n", end + 1);
            start = end + (crLf ? 2 : 1);
            if (line.isEmpty()) {
                if (data != null) {
                    messages.add(new Message(event.equals("error"), data.toString(), id));
                }
                data = null;
                event = "";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            if (value.startsWith(" ")) {
                value = value.substring(1);
            }
            switch (field) {
                case "data" ->
                        data =
                                data == null
                                        ? new StringBuilder(value)
                                        : data.append('\n').append(value);
                case "event" -> event = value;
                case "id" -> id = value.indexOf('\0') < 0 ? value : id;
                default -> {}
            }
        }
    }
}
