package io.github.wikiflow.benchmarks.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** A recording of Java Flight Recorder over the whole life of a JVM. */
public final class Recording {

    private static final String SAMPLE = "jdk.ExecutionSample";

    /** The end of a lambda's class name, which is another one in each run. */
    private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda.*");

    private Recording() {}

    /**
     * The options of a JVM that make it record itself.
     *
     * @param file written when the JVM ends
     */
    public static List<String> jvmOptions(Path file) {
        return List.of(
                "-XX:StartFlightRecording=filename=%s,settings=profile,dumponexit=true"
                        .formatted(file),
                // Stacks that are cut have lost their beginning, which is where they are joined.
                "-XX:FlightRecorderOptions=stackdepth=512");
    }

    /**
     * Writes the samples of threads that ran Java code as a flame graph: first the kind of thread,
     * then the methods from the outermost on. The compiler and the garbage collector run no Java
     * code, so they are not in it.
     *
     * @param title plain text
     * @throws IOException if there is no such recording
     */
    public static void writeFlameGraph(Path recording, String title, Path svg) throws IOException {
        StackTree samples = new StackTree();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)
                        && event.getStackTrace() != null) {
                    samples.add(stack(event));
                }
            }
        }
        Files.writeString(svg, FlameGraph.svg(title, samples));
    }

    private static List<String> stack(RecordedEvent sample) {
        List<String> stack = new ArrayList<>();
        for (RecordedFrame frame : sample.getStackTrace().getFrames()) {
            RecordedMethod method = frame.getMethod();
            stack.add(
                    LAMBDA.matcher(method.getType().getName()).replaceFirst("-lambda")
                            + "."
                            + method.getName());
        }
        // A thread that ended before the recording's last chunk was written is not in that chunk.
        RecordedThread thread = sample.getThread("sampledThread");
        stack.add("thread " + kind(thread == null ? null : thread.getJavaName()));
        Collections.reverse(stack);
        return stack;
    }

    /**
     * The thread's name without what tells it from its likes.
     *
     * @param threadName null if it is not known
     */
    static String kind(String threadName) {
        return threadName == null
                ? "threads without a name"
                : threadName.replaceAll("\\s*\\(\\d+/\\d+\\)", "").replaceAll("#?\\d+", "*");
    }
}
