package io.github.wikiflow.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What one run cost.
 *
 * @param seconds of wall time
 * @param cpuSeconds of the whole process, compiler and garbage collector included
 * @param peakMegabytes the most memory that the process has had, 0 where the system does not say
 */
public record Measurement(long events, double seconds, double cpuSeconds, long peakMegabytes) {

    private static final String MARK = "measurement:";

    /** Something that reads events. */
    public interface Run {
        /** Returns the seconds it took, without what it took to start. */
        double seconds() throws Exception;
    }

    /** Measures a run in this process. */
    public static Measurement of(long events, Run run) throws Exception {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpuBefore = system.getProcessCpuTime();
        double seconds = run.seconds();
        return new Measurement(
                events, seconds, (system.getProcessCpuTime() - cpuBefore) / 1e9, presentPeak());
    }

    public double eventsPerSecond() {
        return events / seconds;
    }

    public double cpuSecondsPerMillion() {
        return cpuSeconds * 1e6 / events;
    }

    /** The form in which one process tells another. */
    public String toLine() {
        return String.format(
                Locale.ROOT, "%s %d %f %f %d", MARK, events, seconds, cpuSeconds, peakMegabytes);
    }

    /** Waits for the measurement that a process prints; a JVM may print other lines before it. */
    public static Measurement readFrom(JavaProcess process) throws IOException {
        String line = process.readLine();
        while (!line.startsWith(MARK)) {
            line = process.readLine();
        }
        String[] parts = line.split(" ");
        return new Measurement(
                Long.parseLong(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Long.parseLong(parts[4]));
    }

    /** As a row of a table for people. */
    public String toRow(String name) {
        return String.format(
                Locale.ROOT,
                "%-22s %,10.0f events/s %6.1f CPU s/million %6d MB",
                name,
                eventsPerSecond(),
                cpuSecondsPerMillion(),
                peakMegabytes);
    }

    private static long presentPeak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        }
        return 0;
    }
}
