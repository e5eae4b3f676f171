package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Tells files of one event a line from what else people keep events in. Read as such a file each of
 * them would be one dead letter after the other.
 */
final class ReplayFormat {

    private static final int FRONT_BYTES = 8_192;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
    private static final Pattern FIELD_OF_A_FRAME =
            Pattern.compile("\\A\\s*(?::|(?:event|id|data|retry):)");

    private ReplayFormat() {}

    /**
     * Where the first line begins: behind the byte order mark, if there is one.
     *
     * @throws OperationException if it is a file of another format, saying how to convert it
     */
    static long firstByte(Path path) throws IOException {
        String front = front(path);
        if (front.startsWith("\u001f\u008b")) {
            throw new OperationException(
                    "the file to replay, %s, is compressed; unpack it, such as by gunzip --keep, and name the result"
                            .formatted(path));
        }
        if (front.indexOf('\0') >= 0) {
            throw new OperationException(
                    "the file to replay, %s, is no text in UTF-8; name a file with one event a line"
                            .formatted(path));
        }
        int begin = front.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
        String text = front.substring(begin);
        if (FIELD_OF_A_FRAME.matcher(text).lookingAt()) {
            throw new OperationException(
                    "the file to replay, %s, is a saved stream of frames; name the result of: sed -n 's/^data: *//p'"
                            .formatted(path));
        }
        if (isArrayOfEvents(text)) {
            throw new OperationException(
                    "the file to replay, %s, is one JSON array; name the result of: jq -c '.[]'"
                            .formatted(path));
        }
        return begin;
    }

    /** A line may well be an array, but not one whose first element is an object. */
    private static boolean isArrayOfEvents(String text) {
        return text.matches("(?s)\\s*\\[\\s*\\{.*");
    }

    /** The first bytes, each as the character of its number. */
    private static String front(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(FRONT_BYTES), StandardCharsets.ISO_8859_1);
        }
    }
}
