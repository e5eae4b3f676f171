package io.github.wikiflow.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir private Path folder;

    @Test
    void aFolderThatIsNotThereIsEmpty() throws IOException {
        assertThat(Folders.list(new LocalFileSystem(), path(folder.resolve("none")))).isEmpty();
    }

    /** Flink's local file system looks at each file after it has listed their names. */
    @Test
    void aFileThatVanishesMeanwhileHidesNoOther() throws IOException {
        Files.writeString(folder.resolve("stays"), "rows");
        Files.writeString(folder.resolve("vanishes"), "rows");

        FileStatus[] found = Folders.list(new VanishingFileSystem(), path(folder));

        assertThat(found).extracting(file -> file.getPath().getName()).containsExactly("stays");
    }

    private static org.apache.flink.core.fs.Path path(Path path) {
        return new org.apache.flink.core.fs.Path(path.toUri());
    }

    private static final class VanishingFileSystem extends LocalFileSystem {
        @Override
        public FileStatus getFileStatus(org.apache.flink.core.fs.Path path) throws IOException {
            if (path.getName().equals("vanishes")) {
                Files.deleteIfExists(Path.of(path.getPath()));
                throw new FileNotFoundException(path.toString());
            }
            return super.getFileStatus(path);
        }
    }
}
