package io.github.wikiflow.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * The heads of a lake, in {@code .wikiflow/head/<version>}: the greatest version counts. Each
 * version is written once, so of two processes that want to change the head only one can, even if
 * the other had been stopped in the midst of it. That is certain on local disks, and on others as
 * certain as their file systems refuse to write over a file.
 */
public final class LakeHeads {

    /** The lake's folder for what is nobody's rows. */
    public static final String HIDDEN_FOLDER = ".wikiflow";

    private static final Pattern VERSION = Pattern.compile("(\\d+)");
    private static final int KEPT = 5;

    private final FileSystem fileSystem;
    private final Path lake;
    private final Path folder;

    /**
     * @param lake the lake's root
     */
    public LakeHeads(Path lake) throws IOException {
        this(lake.getFileSystem(), lake);
    }

    /** As {@link #LakeHeads(Path)}, for a file system that is not the usual one of the path. */
    public LakeHeads(FileSystem fileSystem, Path lake) {
        this.fileSystem = fileSystem;
        this.lake = lake;
        folder = new Path(lake, HIDDEN_FOLDER + "/head");
    }

    /** The lake's head, {@link LakeHead#NONE} if it has none. */
    public LakeHead read() throws IOException {
        long newest = 0;
        for (FileStatus file : Folders.list(fileSystem, folder)) {
            newest = Math.max(newest, version(file));
        }
        if (newest == 0) {
            return LakeHead.NONE;
        }
        Path file = path(newest);
        try (FSDataInputStream in = fileSystem.open(file)) {
            return LakeHead.parse(newest, new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (FileNotFoundException e) {
            // It was one of the oldest when it was found, and there are many newer ones by now.
            return read();
        } catch (IOException | RuntimeException e) {
            throw new IOException("%s is no head of a lake".formatted(file), e);
        }
    }

    /**
     * Makes this the lake's head.
     *
     * @param head of the version after the one that was read
     * @throws FileAlreadyExistsException if the lake has one of this version already
     */
    public void write(LakeHead head) throws IOException {
        byte[] content = head.text().getBytes(StandardCharsets.US_ASCII);
        Path file = path(head.version());
        if (fileSystem.isDistributedFS()) {
            if (fileSystem.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Folders.write(fileSystem, file, content, WriteMode.NO_OVERWRITE);
        } else {
            writeLocally(file, content);
        }
        for (FileStatus old : Folders.list(fileSystem, folder)) {
            long version = version(old);
            if (version > 0 && version <= head.version() - KEPT) {
                fileSystem.delete(old.getPath(), false);
            }
        }
    }

    /** A link is made whole or not at all, and never in the place of another file. */
    private void writeLocally(Path file, byte[] content) throws IOException {
        Path whole = new Path(folder, "." + UUID.randomUUID());
        Folders.write(fileSystem, whole, content, WriteMode.NO_OVERWRITE);
        try {
            java.nio.file.Files.createLink(Folders.local(file), Folders.local(whole));
        } finally {
            fileSystem.delete(whole, false);
        }
        Folders.sync(fileSystem, folder, lake);
    }

    private Path path(long version) {
        return new Path(folder, "%019d".formatted(version));
    }

    private static long version(FileStatus file) {
        Matcher name = VERSION.matcher(file.getPath().getName());
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }
}
