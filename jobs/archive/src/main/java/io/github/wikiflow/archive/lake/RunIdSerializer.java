package io.github.wikiflow.archive.lake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The form of a run's id in checkpoints. */
final class RunIdSerializer implements SimpleVersionedSerializer<String> {

    /** 1 was the id of a job. */
    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(String run) {
        return run.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "the state of a lake in the form %d, this release knows %d; start from a savepoint of this release"
                            .formatted(version, VERSION));
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
