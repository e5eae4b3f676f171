package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.jobs.Folders;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Finds the files of the lake: {@code change_timestamp_date=<day>/server_name=<server>/*.parquet}
 * of the days that are wanted. Whatever else lies in the lake, such as the archive's staging
 * folder, is none of ours.
 */
final class LakeListing implements FileEnumerator {

    private static final String DAY_FOLDER = "change_timestamp_date=";
    private static final String SERVER_FOLDER = "server_name=";
    private static final String FILE_EXTENSION = ".parquet";

    private final LakeDays days;
    private final boolean lakeMustExist;

    /**
     * @param lakeMustExist whether a lake that is not there is an error, and not an empty one
     */
    LakeListing(LakeDays days, boolean lakeMustExist) {
        this.days = days;
        this.lakeMustExist = lakeMustExist;
    }

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] lakes, int wanted)
            throws IOException {
        List<FileSourceSplit> files = new ArrayList<>();
        for (Path lake : lakes) {
            FileSystem fileSystem = lake.getFileSystem();
            if (lakeMustExist && !fileSystem.exists(lake)) {
                throw new FileNotFoundException("--lake: %s is not there".formatted(lake));
            }
            for (FileStatus day : Folders.list(fileSystem, lake)) {
                if (isWanted(day)) {
                    addFilesOfDay(fileSystem, day.getPath(), files);
                }
            }
        }
        return files;
    }

    private boolean isWanted(FileStatus folder) {
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

    private static void addFilesOfDay(
            FileSystem fileSystem, Path day, Collection<FileSourceSplit> files) throws IOException {
        for (FileStatus server : Folders.list(fileSystem, day)) {
            if (server.isDir() && server.getPath().getName().startsWith(SERVER_FOLDER)) {
                for (FileStatus file : Folders.list(fileSystem, server.getPath())) {
                    if (!file.isDir() && file.getPath().getName().endsWith(FILE_EXTENSION)) {
                        files.add(split(file));
                    }
                }
            }
        }
    }

    private static FileSourceSplit split(FileStatus file) {
        return new FileSourceSplit(
                file.getPath().toString(),
                file.getPath(),
                0,
                file.getLen(),
                file.getModificationTime(),
                file.getLen());
    }
}
