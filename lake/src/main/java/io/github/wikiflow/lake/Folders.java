package io.github.wikiflow.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Looks into folders in which others work at the same time. */
public final class Folders {

    private Folders() {}

    /**
     * What is in a folder; nothing if there is none, or somebody has deleted it meanwhile. If only
     * one of its files is deleted meanwhile, the others are found.
     */
    public static FileStatus[] list(FileSystem fileSystem, Path folder) throws IOException {
        while (true) {
            try {
                FileStatus[] found = fileSystem.listStatus(folder);
                return found == null ? new FileStatus[0] : found;
            } catch (FileNotFoundException e) {
                if (!fileSystem.exists(folder)) {
                    return new FileStatus[0];
                }
            }
        }
    }
}
