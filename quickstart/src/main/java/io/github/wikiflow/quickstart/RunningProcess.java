package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * An {@code up} that runs now, as a file in its data folder names it for other processes. The file
 * of one that was killed stays, and is told apart by the time at which the process of that number
 * began.
 *
 * @param folder of its data
 * @param process that it is
 * @param addresses where its parts are, by names that are to be shown, in their order
 */
record RunningProcess(Path folder, ProcessHandle process, Map<String, String> addresses) {

    /** The names of the addresses, in the order in which they are shown. */
    static final List<String> PARTS =
            List.of("Dashboard", "Flink web UI", "Kafka", "Bridge", "Lake", "Log");

    private static final String FILE = "running.properties";
    private static final String PROCESS = "process";
    private static final String BEGAN = "began";

    /**
     * Writes this process down.
     *
     * @param folder of its data
     * @param addresses by {@link #PARTS}
     * @throws OperationException if the folder cannot be written
     */
    static void write(Path folder, Map<String, String> addresses) {
        ProcessHandle self = ProcessHandle.current();
        Properties properties = new Properties();
        properties.putAll(addresses);
        properties.setProperty(PROCESS, Long.toString(self.pid()));
        properties.setProperty(BEGAN, began(self));
        try {
            PropertiesFile.write(folder.resolve(FILE), properties, "The process on this folder");
        } catch (IOException e) {
            throw new OperationException(
                    "cannot write to '%s' (%s); make room there, or choose another folder with --data"
                            .formatted(folder, e),
                    e);
        }
    }

    /**
     * Those on the folders below one folder, by their names.
     *
     * @param data as {@code --data} names it
     * @throws OperationException if it cannot be read
     */
    static List<RunningProcess> on(Path data) {
        List<RunningProcess> running = new ArrayList<>();
        if (Files.isDirectory(data)) {
            try (Stream<Path> folders = Files.list(data)) {
                for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                    read(folder).ifPresent(running::add);
                }
            } catch (IOException e) {
                throw new OperationException(
                        "cannot read '%s' (%s); name another folder with --data".formatted(data, e),
                        e);
            }
        }
        return running;
    }

    /** The kind of its source, by which its folder is named. */
    String kind() {
        return folder.getFileName().toString();
    }

    private static Optional<RunningProcess> read(Path folder) throws IOException {
        Properties properties = PropertiesFile.read(folder.resolve(FILE));
        String number = properties.getProperty(PROCESS, "");
        if (!number.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String part : PARTS) {
            addresses.put(part, properties.getProperty(part, ""));
        }
        return ProcessHandle.of(Long.parseLong(number))
                .filter(ProcessHandle::isAlive)
                .filter(process -> began(process).equals(properties.getProperty(BEGAN)))
                .map(process -> new RunningProcess(folder, process, addresses));
    }

    private static String began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
