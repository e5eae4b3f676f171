package io.github.wikiflow.archive.lake;

import io.github.wikiflow.archive.file.LakeFile;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Puts finished files into the lake exactly once, on any of Flink's file systems: written to a
 * hidden folder at once, moved to their partition when the checkpoint that covers them is complete.
 */
public final class LakeSink
        implements Sink<LakeFile>,
                SupportsCommitter<StagedFile>,
                SupportsWriterState<LakeFile, String> {

    private static final long serialVersionUID = 1L;

    private final URI lake;

    /**
     * @param lake the lake's root
     */
    public LakeSink(URI lake) {
        this.lake = lake;
    }

    @Override
    public StagingWriter createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StagingWriter restoreWriter(WriterInitContext context, Collection<String> restoredJobs)
            throws IOException {
        return new StagingWriter(new Path(lake), restoredJobs, context);
    }

    @Override
    public Committer<StagedFile> createCommitter(CommitterInitContext context) throws IOException {
        return new LakeCommitter(new Path(lake), context);
    }

    @Override
    public SimpleVersionedSerializer<StagedFile> getCommittableSerializer() {
        return new StagedFileSerializer();
    }

    @Override
    public SimpleVersionedSerializer<String> getWriterStateSerializer() {
        return new JobIdSerializer();
    }
}
