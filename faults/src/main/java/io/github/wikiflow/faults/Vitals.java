package io.github.wikiflow.faults;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a JVM on this machine uses.
 *
 * @param liveHeapBytes its heap after a full collection: what is reachable. Resident memory alone
 *     does not tell a leak from a heap of which the collector has not yet used all it may
 * @param memoryBytes resident memory after that collection, as Linux counts it
 * @param openFiles file descriptors, sockets included
 * @param threads threads
 */
public record Vitals(long liveHeapBytes, long memoryBytes, long openFiles, long threads) {

    /**
     * Those of a running JVM, in which this makes a full collection.
     *
     * @throws IOException if it does not run, is no JVM, or this is not Linux
     */
    public static Vitals of(long pid) throws IOException {
        long liveHeap = liveHeap(pid);
        Path process = Path.of("/proc", Long.toString(pid));
        long memory = 0;
        long threads = 0;
        for (String line : Files.readAllLines(process.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                memory = number(line) * 1024;
            } else if (line.startsWith("Threads:")) {
                threads = number(line);
            }
        }
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return new Vitals(liveHeap, memory, files.count(), threads);
        }
    }

    // An agent of this machine, in a process of ours.
    @SuppressWarnings("BanJNDI")
    private static long liveHeap(long pid) throws IOException {
        try (JMXConnector connector = JMXConnectorFactory.connect(managementAgent(pid))) {
            MemoryMXBean memory =
                    ManagementFactory.getPlatformMXBean(
                            connector.getMBeanServerConnection(), MemoryMXBean.class);
            memory.gc();
            return memory.getHeapMemoryUsage().getUsed();
        }
    }

    private static JMXServiceURL managementAgent(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new JMXServiceURL(machine.startLocalManagementAgent());
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("process %d lets nobody look at its heap".formatted(pid), e);
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
