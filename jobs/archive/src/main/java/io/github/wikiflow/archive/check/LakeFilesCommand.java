package io.github.wikiflow.archive.check;

import io.github.wikiflow.lake.LakeColumn;
import io.github.wikiflow.lake.LakeDays;
import io.github.wikiflow.lake.LakeFileName;
import io.github.wikiflow.lake.LakeFileReader;
import io.github.wikiflow.lake.LakeListing;
import io.github.wikiflow.lake.LakePartition;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.flink.core.fs.FileStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./wikiflow lake files}: how many files the lake has, and how large they are. */
@Command(
        name = "files",
        mixinStandardHelpOptions = true,
        description =
                "Show for each day how many files, rows and bytes the lake has, in how many"
                        + " partitions (servers), and the bytes of the smallest and the median file.")
final class LakeFilesCommand implements Callable<Integer> {

    private static final String LINE = "%-10s %8s %12s %14s %10s %10s %10s%n";

    @Mixin private LakeFolder lake;
    @Spec private CommandSpec spec;

    /** The files of a day. */
    private static final class Day {
        private final List<Long> sizes = new ArrayList<>();
        private final Set<String> servers = new HashSet<>();
        private long rows;

        void add(FileStatus file) throws IOException {
            sizes.add(file.getLen());
            servers.add(file.getPath().getParent().getName());
            rows += rowsOf(file);
        }

        void add(Day other) {
            sizes.addAll(other.sizes);
            servers.addAll(other.servers);
            rows += other.rows;
        }
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Day> days = new TreeMap<>();
        for (FileStatus file : LakeListing.files(lake.find(), LakeDays.ALL)) {
            String folder = file.getPath().getParent().getParent().getName();
            days.computeIfAbsent(
                            folder.substring(LakePartition.DATE_COLUMN.length() + 1),
                            day -> new Day())
                    .add(file);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(LINE, "day", "files", "rows", "bytes", "partitions", "smallest", "median");
        Day all = new Day();
        days.forEach(
                (name, day) -> {
                    print(out, name, day);
                    all.add(day);
                });
        if (days.size() > 1) {
            print(out, "all", all);
        }
        out.flush();
        return 0;
    }

    private static void print(PrintWriter out, String name, Day day) {
        List<Long> sizes = day.sizes.stream().sorted().toList();
        out.printf(
                LINE,
                name,
                sizes.size(),
                day.rows,
                sizes.stream().mapToLong(Long::longValue).sum(),
                day.servers.size(),
                sizes.get(0),
                sizes.get(sizes.size() / 2));
    }

    /** As the file's name says, or where it does not, the file itself. */
    private static long rowsOf(FileStatus file) throws IOException {
        long rows = LakeFileName.rows(file.getPath().getName());
        if (rows >= 0) {
            return rows;
        }
        try (LakeFileReader reader =
                new LakeFileReader(file.getPath(), file.getLen(), List.<LakeColumn>of())) {
            return reader.rows();
        }
    }
}
