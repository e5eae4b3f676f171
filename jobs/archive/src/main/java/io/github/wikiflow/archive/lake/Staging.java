package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.Folders;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.sink2.InitContext;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The hidden folder of the lake where files wait for their checkpoint: {@code
 * .staging/<job>-<subtask>/<checkpoint>-<id>.inprogress}. The names say which run wrote a file and
 * after which checkpoint, so that what a failed attempt left behind can be told from what is to be
 * committed.
 */
final class Staging {

    static final String FOLDER = ".staging";

    private static final Pattern SUBTASK_FOLDER = Pattern.compile("(.+)-(\\d+)");
    private static final Pattern FILE = Pattern.compile("(\\d+)-.+\\.inprogress");

    private Staging() {}

    /** The folder of one subtask, below the lake's root. */
    static String folder(InitContext context) {
        return FOLDER + "/" + job(context) + "-" + context.getTaskInfo().getIndexOfThisSubtask();
    }

    static String job(InitContext context) {
        return context.getJobInfo().getJobId().toHexString();
    }

    static String fileName(long checkpointId, UUID id) {
        return checkpointId + "-" + id + ".inprogress";
    }

    /**
     * Deletes what earlier attempts of a job staged after a checkpoint: those files belong to no
     * checkpoint that will ever complete.
     *
     * @param job whose files
     * @param checkpointId the checkpoint from which the job goes on; 0 when it starts anew
     * @param subtask the subtask that cleans; it takes the folders of its own number, and of
     *     numbers beyond the parallelism its share, so that subtasks never disturb each other
     */
    static void deleteOrphans(
            FileSystem fileSystem,
            Path lake,
            String job,
            long checkpointId,
            int subtask,
            int parallelism)
            throws IOException {
        for (FileStatus folder : Folders.list(fileSystem, new Path(lake, FOLDER))) {
            Matcher name = SUBTASK_FOLDER.matcher(folder.getPath().getName());
            if (name.matches()
                    && name.group(1).equals(job)
                    && Integer.parseInt(name.group(2)) % parallelism == subtask) {
                for (FileStatus file : Folders.list(fileSystem, folder.getPath())) {
                    Matcher fileName = FILE.matcher(file.getPath().getName());
                    if (fileName.matches() && Long.parseLong(fileName.group(1)) >= checkpointId) {
                        fileSystem.delete(file.getPath(), false);
                    }
                }
                deleteIfEmpty(fileSystem, folder.getPath());
            }
        }
    }

    /** Deletes a folder unless something is in it. */
    static void deleteIfEmpty(FileSystem fileSystem, Path folder) throws IOException {
        if (fileSystem.exists(folder) && Folders.list(fileSystem, folder).length == 0) {
            fileSystem.delete(folder, false);
        }
    }
}
