package io.github.wikiflow.lake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the lake: the changes of one day (UTC) and one server.
 *
 * <p>The server's name is text from strangers. Its folder is escaped hive style: every byte of its
 * UTF-8 form that is not an ASCII letter, digit or one of {@code . - _ ~} becomes {@code %XX}, and
 * so does a dot at the start or after another dot. DuckDB, Spark and pyarrow read the name back.
 *
 * @param epochDay days since 1970-01-01
 * @param serverName null when the event names no server; never empty
 */
public record LakePartition(int epochDay, @Nullable String serverName) {

    public static final String DATE_COLUMN = "change_timestamp_date";
    public static final String SERVER_COLUMN = "server_name";

    /** The value that stands for null in the path. */
    public static final String NULL_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private static final int SECONDS_PER_DAY = 86_400;

    /** What file systems allow for one name, in bytes. */
    private static final int LONGEST_FOLDER = 255;

    private static final int LONGEST_VALUE = LONGEST_FOLDER - (SERVER_COLUMN + "=").length();
    private static final int DIGEST_BYTES = 16;

    private static final HexFormat PERCENT = HexFormat.of().withUpperCase().withPrefix("%");

    /**
     * The partition of a change.
     *
     * @param epochSeconds when the change was made, in the years 1970 to 9999
     * @param serverName may be null or empty, which is the same
     */
    public static LakePartition of(long epochSeconds, @Nullable String serverName) {
        return new LakePartition(
                (int) (epochSeconds / SECONDS_PER_DAY),
                serverName == null || serverName.isEmpty() ? null : serverName);
    }

    /** The folder below the lake's root, such as {@code change_timestamp_date=…/server_name=…}. */
    public String folder() {
        return DATE_COLUMN
                + "="
                + LocalDate.ofEpochDay(epochDay)
                + "/"
                + SERVER_COLUMN
                + "="
                + (serverName == null ? NULL_VALUE : folderValue(serverName));
    }

    private static String folderValue(String name) {
        String escaped = escape(name);
        return escaped.length() <= LONGEST_VALUE ? escaped : shorten(escaped, name);
    }

    private static String escape(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder escaped = new StringBuilder(utf8.length);
        // Readers take these two names for null before they unescape.
        int start = 0;
        if (name.equals(NULL_VALUE) || name.equalsIgnoreCase("null")) {
            PERCENT.formatHex(escaped, utf8, 0, 1);
            start = 1;
        }
        for (int i = start; i < utf8.length; i++) {
            byte c = utf8[i];
            boolean dotToHide = c == '.' && (i == 0 || utf8[i - 1] == '.');
            if (isPlain(c) && !dotToHide) {
                escaped.append((char) c);
            } else {
                PERCENT.formatHex(escaped, utf8, i, i + 1);
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(byte c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '.'
                || c == '-'
                || c == '_'
                || c == '~';
    }

    /**
     * A beginning of the escaped name, a {@code ~} and a digest of the whole name: no longer the
     * name, but one folder for each, and one that can be made.
     */
    private static String shorten(String escaped, String name) {
        String digest = "~" + digest(name);
        int end = LONGEST_VALUE - digest.length();
        int percent = escaped.lastIndexOf('%', end - 1);
        if (percent > end - 3) {
            end = percent;
        }
        return escaped.substring(0, end) + digest;
    }

    private static String digest(String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
