package io.github.wikiflow.archive.lake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The form of a job's id in checkpoints. */
final class JobIdSerializer implements SimpleVersionedSerializer<String> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(String job) {
        return job.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("a job id in the unknown form %d".formatted(version));
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
