package io.github.wikiflow.benchmarks.contender;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What one run cost.
 *
 * @param events read by it
 * @param startSeconds from the start of the JVM until the engine was ready to take the run
 * @param seconds of wall time that the run took
 * @param startCpuSeconds of the process until then
 * @param cpuSeconds of the whole process from its start: compiler, garbage collector and the start
 *     of the engine included
 * @param peakMegabytes the most memory that the process has had, 0 where the system does not say
 */
public record Measurement(
        long events,
        double startSeconds,
        double seconds,
        double startCpuSeconds,
        double cpuSeconds,
        long peakMegabytes) {

    private static final String MARK = "measurement:";

    /** Something that reads events. */
    public interface Run {
        /** Returns the seconds it took, without what it took to start. */
        double seconds() throws Exception;
    }

    /** Something that reads events, all of which is to be timed. */
    public interface Work {
        void run() throws Exception;
    }

    /** Measures a run in this process; there can be only one. */
    public static Measurement of(long events, Run run) throws Exception {
        double startCpuSeconds = presentCpuSeconds();
        double seconds = run.seconds();
        double uptime = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        return new Measurement(
                events,
                uptime - seconds,
                seconds,
                startCpuSeconds,
                presentCpuSeconds(),
                presentPeak());
    }

    /** Measures the wall time of some work, as {@link #of} does. */
    public static Measurement ofWork(long events, Work work) throws Exception {
        return of(
                events,
                () -> {
                    long start = System.nanoTime();
                    work.run();
                    return (System.nanoTime() - start) / 1e9;
                });
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
                Locale.ROOT,
                "%s %d %f %f %f %f %d",
                MARK,
                events,
                startSeconds,
                seconds,
                startCpuSeconds,
                cpuSeconds,
                peakMegabytes);
    }

    /** Whether a line is a measurement; a JVM may print other lines before it. */
    public static boolean isLine(String line) {
        return line.startsWith(MARK);
    }

    /** The measurement that {@link #toLine} wrote. */
    public static Measurement ofLine(String line) {
        String[] parts = line.split(" ");
        return new Measurement(
                Long.parseLong(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]),
                Double.parseDouble(parts[5]),
                Long.parseLong(parts[6]));
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

    private static double presentCpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                / 1e9;
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
