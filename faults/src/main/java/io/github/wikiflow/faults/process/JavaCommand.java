package io.github.wikiflow.faults.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a main class is started in a JVM of its own, on this JVM's class path.
 *
 * @param main the class
 * @param heapMegabytes its largest heap
 * @param jvmOptions whatever else its JVM needs
 * @param arguments of the main method
 */
public record JavaCommand(
        Class<?> main, int heapMegabytes, List<String> jvmOptions, List<String> arguments) {

    public JavaCommand {
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
    }

    /** The same with further options for the JVM. */
    public JavaCommand with(List<String> moreJvmOptions) {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(moreJvmOptions);
        return new JavaCommand(main, heapMegabytes, all, arguments);
    }

    /** The command's words. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-Xmx" + heapMegabytes + "m"));
        words.addAll(jvmOptions);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(arguments);
        return words;
    }
}
