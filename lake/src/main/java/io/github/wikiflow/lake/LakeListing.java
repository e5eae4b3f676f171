package io.github.wikiflow.lake;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Finds the files of the lake: {@code change_timestamp_date=<day>/server_name=<server>/*.parquet}
 * of the days that are wanted. Whatever else lies in the lake, such as the archive's staging
 * folder, holds nobody's rows.
 */
public final class LakeListing {

    private static final String DAY_FOLDER = LakePartition.DATE_COLUMN + "=";
    private static final String SERVER_FOLDER = LakePartition.SERVER_COLUMN + "=";
    private static final String FILE_EXTENSION = ".parquet";

    private LakeListing() {}

    /**
     * The files that readers see, in no order.
     *
     * @param lake the lake's root, which may be missing
     */
    public static List<FileStatus> files(Path lake, LakeDays days) throws IOException {
        FileSystem fileSystem = lake.getFileSystem();
        List<FileStatus> files = new ArrayList<>();
        for (FileStatus day : Folders.list(fileSystem, lake)) {
            if (isWanted(day, days)) {
                addFilesOfDay(fileSystem, day.getPath(), files);
            }
        }
        return files;
    }

    private static boolean isWanted(FileStatus folder, LakeDays days) {
        String name = folder.getPath().getName();
        if (!folder.isDir() || !name.startsWith(DAY_FOLDER)) {
            return false;
        }
        try {
            return days.contains(LocalDate.parse(name.substring(DAY_FOLDER.length())));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static void addFilesOfDay(FileSystem fileSystem, Path day, Collection<FileStatus> files)
            throws IOException {
        for (FileStatus server : Folders.list(fileSystem, day)) {
            if (server.isDir() && server.getPath().getName().startsWith(SERVER_FOLDER)) {
                for (FileStatus file : Folders.list(fileSystem, server.getPath())) {
                    if (!file.isDir() && file.getPath().getName().endsWith(FILE_EXTENSION)) {
                        files.add(file);
                    }
                }
            }
        }
    }
}
