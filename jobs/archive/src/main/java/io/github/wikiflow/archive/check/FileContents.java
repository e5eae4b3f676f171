package io.github.wikiflow.archive.check;

import io.github.wikiflow.lake.LakeColumn;
import io.github.wikiflow.lake.LakeFileName;
import io.github.wikiflow.lake.LakeFileReader;
import io.github.wikiflow.lake.LakePartition;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.fs.FileStatus;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads files of the lake to the last value, and looks whether they hold what their names and
 * folders say, and no change that another has too.
 *
 * <p>Not thread-safe.
 */
final class FileContents {

    private static final String CANNOT_BE_READ =
            "move it out of the lake, or go back to a checkpoint before it with --rewind-lake";

    private final Map<TopicPartition, Offsets> changes;
    private final Findings findings;
    private long rows;

    /**
     * @param changes where the coordinates of all rows are gathered
     */
    FileContents(Map<TopicPartition, Offsets> changes, Findings findings) {
        this.changes = changes;
        this.findings = findings;
    }

    /** How many rows have been read. */
    long rows() {
        return rows;
    }

    /** Reads a file; one that somebody has deleted meanwhile has nothing wrong. */
    void check(FileStatus file) {
        try (LakeFileReader reader =
                new LakeFileReader(file.getPath(), file.getLen(), LakeColumn.ALL)) {
            check(file, reader);
        } catch (FileNotFoundException e) {
            return;
        } catch (IOException e) {
            findings.wrong("%s%s; %s", e.getMessage(), rootOf(e), CANNOT_BE_READ);
        }
    }

    private static String rootOf(IOException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure ? "" : " (%s)".formatted(root.getMessage());
    }

    private void check(FileStatus file, LakeFileReader reader) throws IOException {
        String path = file.getPath().getPath();
        String day = file.getPath().getParent().getParent().getName();
        long found = 0;
        long ofOtherDays = 0;
        long repeated = 0;
        String firstRepeated = null;
        while (reader.next()) {
            found++;
            readAll(reader, file);
            if (!day.equals(folderOf(reader.number(LakeColumn.CHANGE_TIMESTAMP)))) {
                ofOtherDays++;
            }
            TopicPartition partition =
                    new TopicPartition(
                            String.valueOf(reader.text(LakeColumn.EVENT_TOPIC)),
                            reader.integer(LakeColumn.EVENT_PARTITION));
            long offset = reader.number(LakeColumn.EVENT_OFFSET);
            if (!changes.computeIfAbsent(partition, each -> new Offsets()).add(offset)) {
                repeated++;
                firstRepeated =
                        firstRepeated == null
                                ? "offset %d of %s".formatted(offset, partition)
                                : firstRepeated;
            }
        }
        rows += found;
        long named = LakeFileName.rows(file.getPath().getName());
        if (named >= 0 && named != found) {
            findings.wrong(
                    "%s has %d rows, and not %d as its name says; %s",
                    path, found, named, CANNOT_BE_READ);
        }
        if (ofOtherDays > 0) {
            findings.wrong(
                    "%s has %d rows of other days than its folder's; move it to where its rows belong",
                    path, ofOtherDays);
        }
        if (repeated > 0) {
            findings.wrong(
                    "%s has %d rows that are in the lake already, such as %s; move it out of the lake if all of its rows are",
                    path, repeated, firstRepeated);
        }
    }

    private static String folderOf(long micros) {
        return LakePartition.DATE_COLUMN
                + "="
                + Instant.ofEpochSecond(TimeUnit.MICROSECONDS.toSeconds(micros))
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate();
    }

    /** Damage shows only when a value is asked for. */
    private static void readAll(LakeFileReader reader, FileStatus file) throws IOException {
        try {
            for (LakeColumn column : LakeColumn.ALL) {
                if (!reader.isNull(column)) {
                    switch (column.kind()) {
                        case TEXT -> reader.text(column);
                        case BOOLEAN -> reader.flag(column);
                        case INTEGER -> reader.integer(column);
                        case LONG, TIMESTAMP -> reader.number(column);
                    }
                }
            }
        } catch (RuntimeException e) {
            throw new IOException("%s is damaged".formatted(file.getPath()), e);
        }
    }
}
