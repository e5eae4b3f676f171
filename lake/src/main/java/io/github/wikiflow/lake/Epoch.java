package io.github.wikiflow.lake;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one writer of one run wrote between two checkpoints, see {@link LakeHead}. Its files wait in
 * a folder of its own until they are committed; its {@link Manifest}, which names them, stays with
 * them and then in the log of commits.
 *
 * @param run of the archive
 * @param checkpoint the one after which the files were written; 0 for none
 * @param subtask of the writer
 * @param writer random, another one for each attempt of a subtask
 */
public record Epoch(String run, long checkpoint, int subtask, String writer) {

    /** Below the lake's root: where files wait, by run and subtask. */
    public static final String STAGING = ".staging";

    /** Below the lake's root: the manifests of what was committed, by run. */
    public static final String COMMITS = LakeHeads.HIDDEN_FOLDER + "/commits";

    static final String MANIFEST = "manifest";

    private static final Pattern SUBTASK = Pattern.compile("\\d+");
    private static final Pattern STAGED = Pattern.compile("(\\d+)-([0-9a-f]+)");
    private static final Pattern COMMITTED = Pattern.compile("(\\d+)-(\\d+)-([0-9a-f]+)");

    /** The folder in which a subtask's files wait, below the lake's root. */
    public static String stagingOf(String run, int subtask) {
        return STAGING + "/" + run + "/" + subtask;
    }

    /** The folder in which the files wait, below the lake's root. */
    public String folder() {
        return stagingOf(run, subtask) + "/" + checkpoint + "-" + writer;
    }

    /** The manifest as long as the files wait, below the lake's root. */
    public String stagedManifest() {
        return folder() + "/" + MANIFEST;
    }

    /** The manifest once all files are committed, below the lake's root. */
    public String committedManifest() {
        return COMMITS + "/" + run + "/" + checkpoint + "-" + subtask + "-" + writer;
    }

    /** The place of a file that waits, below the lake's root. */
    public String stagedFile(int number) {
        return folder() + "/" + number;
    }

    /** A name for a file that no other has; it ends in the number of its rows. */
    public String fileName(int number, long rows) {
        return new LakeFileName(run, checkpoint, writer, number, rows).text();
    }

    /**
     * The epoch whose files wait in a folder; null if it is none of ours.
     *
     * @param subtask the name of the folder that it is in
     * @param folder its name
     */
    public static @Nullable Epoch staged(String run, String subtask, String folder) {
        Matcher name = STAGED.matcher(folder);
        return name.matches() && SUBTASK.matcher(subtask).matches()
                ? new Epoch(
                        run,
                        Long.parseLong(name.group(1)),
                        Integer.parseInt(subtask),
                        name.group(2))
                : null;
    }

    /** The epoch whose manifest has this name in the log of commits; null if it is none of ours. */
    public static @Nullable Epoch committed(String run, String manifestName) {
        Matcher name = COMMITTED.matcher(manifestName);
        return name.matches()
                ? new Epoch(
                        run,
                        Long.parseLong(name.group(1)),
                        Integer.parseInt(name.group(2)),
                        name.group(3))
                : null;
    }
}
