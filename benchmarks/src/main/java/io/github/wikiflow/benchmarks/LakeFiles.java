package io.github.wikiflow.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The data files of a lake. */
public final class LakeFiles {

    private LakeFiles() {}

    /**
     * The files that readers see: what begins with a dot or an underscore is hidden from them. The
     * lake may be written meanwhile.
     */
    public static List<Path> of(Path lake) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(lake, new Visitor(lake, files));
        return files;
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path lake;
        private final List<Path> files;

        private Visitor(Path lake, List<Path> files) {
            this.lake = lake;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isHidden(folder) && !folder.equals(lake)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file)) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException && !file.equals(lake)) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        private static boolean isHidden(Path path) {
            String name = path.getFileName().toString();
            return name.startsWith(".") || name.startsWith("_");
        }
    }
}
