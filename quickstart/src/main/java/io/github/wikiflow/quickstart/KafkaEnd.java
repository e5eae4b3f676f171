package io.github.wikiflow.quickstart;

import java.io.PrintStream;
import org.apache.kafka.common.utils.Exit;

/**
 * Says why, when Kafka ends the process: it halts the whole JVM when it can no longer write, and
 * then only the log knows.
 */
final class KafkaEnd {

    private KafkaEnd() {}

    /** From now on it is said on this console. */
    static void sayOn(PrintStream console, DataFolder data) {
        Exit.setHaltProcedure(
                (code, message) -> {
                    console.println(line(data));
                    console.flush();
                    Runtime.getRuntime().halt(code);
                });
        Exit.setExitProcedure(
                (code, message) -> {
                    console.println(line(data));
                    System.exit(code);
                });
    }

    private static String line(DataFolder data) {
        return data.isShortOfSpace()
                ? "Kafka has ended this process, since the disk of '%s' is full; free some space and start again, which goes on from here"
                        .formatted(data.root())
                : "Kafka has ended this process, since it cannot write to '%s'; the log says why: %s"
                        .formatted(data.kafka(), data.log());
    }
}
