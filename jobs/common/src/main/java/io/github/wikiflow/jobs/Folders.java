package io.github.wikiflow.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Looks into folders in which others work at the same time. */
public final class Folders {

    private Folders() {}

    /** What is in a folder; nothing if there is none, or somebody has deleted it meanwhile. */
    public static FileStatus[] list(FileSystem fileSystem, Path folder) throws IOException {
        try {
            FileStatus[] found = fileSystem.listStatus(folder);
            return found == null ? new FileStatus[0] : found;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }
}
