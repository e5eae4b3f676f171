package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.Utf8;
import java.nio.ByteBuffer;

/**
 * The form of a record's value between the thread that fetches it and the task: the summary of the
 * change, and behind it the original, which the task looks at only if the change is late. Empty for
 * an original that is malformed.
 */
final class SummarizedValue {

    private static final byte[] MALFORMED = {};
    private static final int ABSENT = -1;

    private SummarizedValue() {}

    /** Stands for an original that is no change. */
    static byte[] malformed() {
        return MALFORMED;
    }

    static boolean isMalformed(byte[] value) {
        return value.length == 0;
    }

    /** The value of a change. */
    static byte[] of(ChangeSummary summary, Utf8 original) {
        ByteBuffer form =
                ByteBuffer.allocate(
                        Long.BYTES
                                + 1
                                + size(summary.type())
                                + size(summary.wiki())
                                + size(summary.title())
                                + size(summary.user())
                                + original.length());
        form.putLong(summary.timestamp());
        form.put((byte) (summary.bot() ? 1 : 0));
        put(summary.type(), form);
        put(summary.wiki(), form);
        put(summary.title(), form);
        put(summary.user(), form);
        form.put(original.array(), original.start(), original.length());
        return form.array();
    }

    private static int size(Utf8 text) {
        return Integer.BYTES + (text == null ? 0 : text.length());
    }

    private static void put(Utf8 text, ByteBuffer form) {
        if (text == null) {
            form.putInt(ABSENT);
        } else {
            form.putInt(text.length());
            form.put(text.array(), text.start(), text.length());
        }
    }

    /**
     * The change of a value that is not malformed.
     *
     * @param value not to be changed afterwards, since the change's texts stay in it
     */
    static Change change(byte[] key, byte[] value, int partition, long offset, long recordTime) {
        ByteBuffer form = ByteBuffer.wrap(value);
        ChangeSummary summary = summary(form);
        Utf8 original = new Utf8(value, form.position(), form.remaining());
        return new Change(key, original, partition, offset, recordTime, summary);
    }

    private static ChangeSummary summary(ByteBuffer form) {
        long timestamp = form.getLong();
        boolean bot = form.get() != 0;
        Utf8 type = text(form);
        Utf8 wiki = text(form);
        Utf8 title = text(form);
        Utf8 user = text(form);
        return new ChangeSummary(timestamp, type, wiki, title, user, bot);
    }

    private static Utf8 text(ByteBuffer form) {
        int length = form.getInt();
        if (length == ABSENT) {
            return null;
        }
        Utf8 text = new Utf8(form.array(), form.position(), length);
        form.position(form.position() + length);
        return text;
    }
}
