package io.github.wikiflow.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A small file system of its own for the lake, in memory, that can be filled up. Only root can
 * mount one.
 */
final class LakeDisk implements AutoCloseable {

    private static final int MEGABYTES = 512;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int BLOCK_BYTES = 4096;
    private static final long MOUNT_SECONDS = 10;
    private static final int ROOT = 0;

    private final Path folder;

    private LakeDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one there; null if this machine does not allow it. */
    static @Nullable LakeDisk mount(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Integer user = (Integer) Files.getAttribute(folder, "unix:uid");
        boolean mounted =
                user == ROOT
                        && run(
                                "mount",
                                "-t",
                                "tmpfs",
                                "-o",
                                "size=%dm".formatted(MEGABYTES),
                                "wikiflow-faults",
                                folder.toString());
        return mounted ? new LakeDisk(folder) : null;
    }

    /** Leaves no room, until the returned file is deleted. */
    Path fill() throws IOException {
        Path ballast = Files.createTempFile(folder, ".ballast", null);
        try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
            fill(file, CHUNK_BYTES);
            fill(file, BLOCK_BYTES);
        }
        return ballast;
    }

    private static void fill(FileChannel file, int bytes) {
        ByteBuffer zeros = ByteBuffer.allocate(bytes);
        try {
            while (true) {
                file.write(zeros.clear());
            }
        } catch (IOException e) {
            // It is full.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (!run("umount", folder.toString())) {
                throw new IOException("cannot unmount " + folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unmounting " + folder, e);
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(MOUNT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
