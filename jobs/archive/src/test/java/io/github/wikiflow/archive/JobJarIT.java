package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that users submit: small, without Hadoop, and complete. */
class JobJarIT {

    private static final Path JAR = Path.of("target/wikiflow-archive.jar");
    private static final long LARGEST = 40L << 20;

    @TempDir private Path lake;

    @Test
    void isSmallAndHasNoHadoop() throws Exception {
        assertThat(Files.size(JAR)).isLessThan(LARGEST);
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .noneMatch(name -> name.startsWith("org/apache/hadoop/"))
                    .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
                    .contains("org/apache/parquet/hadoop/ParquetFileWriter.class");
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(ArchiveJob.class.getName());
        }
    }

    @Test
    void writesParquetWithoutHadoop() throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> sample = loader.loadClass("io.github.wikiflow.archive.SampleLake");
            assertThat(sample.getClassLoader()).isSameAs(loader);
            sample.getMethod("writeEvents", Path.class).invoke(null, lake);
        }
        try (LakeReader reader = new LakeReader(lake)) {
            assertThat(reader.rows()).hasSize(500);
        }
    }

    /** The jar, the tests' own classes and what a Flink cluster provides. */
    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(JAR.toUri().toURL());
        urls.add(Path.of("target/test-classes").toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            if (name.startsWith("flink-")
                    || name.startsWith("slf4j-api")
                    || entry.contains("sandbox")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
