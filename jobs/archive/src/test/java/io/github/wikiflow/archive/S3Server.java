package io.github.wikiflow.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.BlobMetadata;
import org.jclouds.blobstore.domain.PageSet;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.CopyOptions;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server for S3's protocol in this JVM, and Flink's plugin that speaks it, loaded from a folder
 * as a cluster loads it. The server holds its objects in memory, lists them without the plugin's
 * help, and fails when it is told to.
 */
public final class S3Server implements BeforeAllCallback, AfterAllCallback {

    private static final Path PLUGINS = Path.of("target/plugins");
    private static final String BUCKET = "wikiflow";
    private static final String ACCESS_KEY = "key";
    private static final String SECRET_KEY = "secret";

    private final AtomicInteger copiesToDeny = new AtomicInteger();
    private final AtomicInteger deletionsToRefuse = new AtomicInteger();

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger copies = new AtomicInteger();
    private final AtomicInteger mostCopiesAtOnce = new AtomicInteger();
    private volatile long nanosPerRequest;

    private BlobStoreContext context;
    private BlobStore objects;
    private S3Proxy server;

    @Override
    public void beforeAll(ExtensionContext test) throws Exception {
        context =
                ContextBuilder.newBuilder(new TransientApiMetadata())
                        .credentials(ACCESS_KEY, SECRET_KEY)
                        .build(BlobStoreContext.class);
        objects = context.getBlobStore();
        objects.createContainerInLocation(null, BUCKET);
        server =
                S3Proxy.builder()
                        .blobStore(new FailingStore(objects))
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                        .build();
        server.start();
        Configuration settings = settings();
        FileSystem.initialize(
                settings,
                new DefaultPluginManager(
                        new DirectoryBasedPluginFinder(PLUGINS).findPlugins(),
                        CoreOptions.getPluginParentFirstLoaderPatterns(settings)));
    }

    @Override
    public void afterAll(ExtensionContext test) throws Exception {
        FileSystem.initialize(new Configuration(), null);
        server.stop();
        context.close();
    }

    private Configuration settings() {
        Configuration settings = new Configuration();
        settings.setString("s3.endpoint", "http://127.0.0.1:" + server.getPort());
        settings.setString("s3.path.style.access", "true");
        settings.setString("s3.access-key", ACCESS_KEY);
        settings.setString("s3.secret-key", SECRET_KEY);
        settings.setString("s3.directory.marker.retention", "keep");
        // A failure shall reach the job, and not be tried away within the client.
        settings.setString("s3.attempts.maximum", "1");
        settings.setString("s3.retry.limit", "1");
        settings.setString("s3.retry.interval", "10ms");
        return settings;
    }

    /** Where Flink finds what is stored under a key. */
    public static URI uri(String key) {
        return URI.create("s3://" + BUCKET + "/" + key);
    }

    /** Answers the next copies with an error, although they were made. */
    void denyCopies(int copies) {
        copiesToDeny.set(copies);
    }

    /** Refuses the next deletions of staged files, so that a move stops half way. */
    void refuseDeletions(int deletions) {
        deletionsToRefuse.set(deletions);
    }

    /** Whether all that was to fail has failed. */
    boolean hasFailed() {
        return copiesToDeny.get() == 0 && deletionsToRefuse.get() == 0;
    }

    /** Takes at least this time for each of the requests from now on, as a network does. */
    public void slowDown(Duration perRequest) {
        nanosPerRequest = perRequest.toNanos();
    }

    /** How many requests there have been, without those for the content of objects. */
    public int requests() {
        return requests.get();
    }

    /** How many copies were being made at the same time, at most. */
    public int mostCopiesAtOnce() {
        return mostCopiesAtOnce.get();
    }

    /** The keys below a folder, without the empty objects that stand for folders themselves. */
    public List<String> keys(String folder) {
        List<String> keys = new ArrayList<>();
        ListContainerOptions options =
                ListContainerOptions.Builder.prefix(folder + "/").recursive();
        String marker;
        do {
            PageSet<? extends StorageMetadata> page = objects.list(BUCKET, options);
            for (StorageMetadata object : page) {
                if (!object.getName().endsWith("/")) {
                    keys.add(object.getName());
                }
            }
            marker = page.getNextMarker();
            if (marker != null) {
                options = options.afterMarker(marker);
            }
        } while (marker != null);
        return keys;
    }

    /** Copies an object to the place below a folder that its key names. */
    void download(String key, Path folder) throws IOException {
        Path file = folder.resolve(key);
        Files.createDirectories(file.getParent());
        try (InputStream content = objects.getBlob(BUCKET, key).getPayload().openStream()) {
            Files.copy(content, file);
        }
    }

    private static boolean takeOne(AtomicInteger failures) {
        return failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private final class FailingStore extends ForwardingBlobStore {

        FailingStore(BlobStore objects) {
            super(objects);
        }

        @Override
        public String copyBlob(
                String fromBucket,
                String fromKey,
                String toBucket,
                String toKey,
                CopyOptions options) {
            mostCopiesAtOnce.accumulateAndGet(copies.incrementAndGet(), Math::max);
            arrive();
            String tag = super.copyBlob(fromBucket, fromKey, toBucket, toKey, options);
            copies.decrementAndGet();
            if (takeOne(copiesToDeny)) {
                throw new IllegalStateException("injected: no answer to the copy to " + toKey);
            }
            return tag;
        }

        @Override
        public void removeBlob(String bucket, String key) {
            if (key.contains("/.staging/") && takeOne(deletionsToRefuse)) {
                throw new IllegalStateException("injected: no deletion of " + key);
            }
            arrive();
            super.removeBlob(bucket, key);
        }

        @Override
        public BlobMetadata blobMetadata(String bucket, String key) {
            arrive();
            return super.blobMetadata(bucket, key);
        }

        @Override
        public PageSet<? extends StorageMetadata> list(
                String bucket, ListContainerOptions options) {
            arrive();
            return super.list(bucket, options);
        }

        private void arrive() {
            requests.incrementAndGet();
            LockSupport.parkNanos(nanosPerRequest);
        }
    }
}
