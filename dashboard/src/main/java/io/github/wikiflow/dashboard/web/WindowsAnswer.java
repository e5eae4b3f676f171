package io.github.wikiflow.dashboard.web;

import io.github.wikiflow.dashboard.standings.RankingStore;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * All windows as JSON, the largest answer by far: built and compressed once for each change and not
 * for each request, and not sent again to who has it.
 *
 * <p>Thread-safe.
 */
final class WindowsAnswer {

    /** What one state of the store gives. */
    private record Built(long version, String tag, byte[] json, byte[] compressed) {}

    private final RankingStore store;

    /** Tells the versions of this process from those of another. */
    private final String epoch = UUID.randomUUID().toString();

    /** Guarded by this. */
    private @Nullable Built built;

    WindowsAnswer(RankingStore store) {
        this.store = store;
    }

    void answer(Context ctx) {
        Built newest = newest();
        ctx.header(Header.CACHE_CONTROL, "no-cache");
        ctx.header(Header.ETAG, newest.tag());
        ctx.header(Header.VARY, Header.ACCEPT_ENCODING);
        String known = ctx.header(Header.IF_NONE_MATCH);
        if (known != null && known.contains(newest.tag())) {
            ctx.status(HttpStatus.NOT_MODIFIED);
            return;
        }
        ctx.contentType("application/json; charset=utf-8");
        String encodings = ctx.header(Header.ACCEPT_ENCODING);
        if (encodings != null && encodings.contains("gzip")) {
            ctx.header(Header.CONTENT_ENCODING, "gzip");
            ctx.result(newest.compressed());
        } else {
            ctx.result(newest.json());
        }
    }

    private synchronized Built newest() {
        // Before the windows are read: a change in between leads to one more build, and never to an
        // old answer.
        long version = store.version();
        if (built == null || built.version() != version) {
            byte[] json = ViewJson.write(store.newestWindows(Integer.MAX_VALUE));
            built =
                    new Built(
                            version, "W/\"" + epoch + "-" + version + "\"", json, compressed(json));
        }
        return built;
    }

    private static byte[] compressed(byte[] json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
