package io.github.wikiflow.quickstart;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/** A small file of properties that is whole whenever it is there, whatever is killed. */
final class PropertiesFile {

    private static final FileAttribute<?> FOR_THIS_USER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PropertiesFile() {}

    /**
     * What is in the file; empty if there is none.
     *
     * @throws IOException if it cannot be read as properties
     */
    static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IllegalArgumentException e) {
                throw new IOException("'%s' is damaged (%s)".formatted(file, e.getMessage()), e);
            }
        }
        return properties;
    }

    /** Replaces the file in one step, with one that only this user can read. */
    static void write(Path file, Properties properties, String comment) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(fresh, FOR_THIS_USER);
        }
        try (Writer writer = Files.newBufferedWriter(fresh)) {
            properties.store(writer, comment);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
