package io.github.wikiflow.harness.process;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a main class is started in a JVM of its own.
 *
 * @param wrapper words before {@code java}, such as those of {@code taskset}
 * @param classPath all that the main class needs
 * @param main its name
 * @param jvmOptions what its JVM is told
 * @param arguments of the main method
 * @param environment added to ours
 * @param readsInput whether the main class reads its input itself, and ends with it; what does not
 *     is ended by {@link Tether}
 */
public record JavaCommand(
        List<String> wrapper,
        String classPath,
        String main,
        List<String> jvmOptions,
        List<String> arguments,
        Map<String, String> environment,
        boolean readsInput) {

    public JavaCommand {
        wrapper = List.copyOf(wrapper);
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Of a main class that does not read its input, on any class path. */
    public JavaCommand(
            String classPath, String main, List<String> jvmOptions, List<String> arguments) {
        this(List.of(), classPath, main, jvmOptions, arguments, Map.of(), false);
    }

    /** Of a main class that does not read its input, on the class path of this JVM. */
    public static JavaCommand of(Class<?> main, List<String> jvmOptions, List<String> arguments) {
        return new JavaCommand(
                System.getProperty("java.class.path"), main.getName(), jvmOptions, arguments);
    }

    /** The same for a main class that reads its input and ends with it. */
    public JavaCommand readingInput() {
        return new JavaCommand(wrapper, classPath, main, jvmOptions, arguments, environment, true);
    }

    /** The same with further options for the JVM. */
    public JavaCommand withJvmOptions(List<String> more) {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(more);
        return new JavaCommand(wrapper, classPath, main, all, arguments, environment, readsInput);
    }

    /** The same with words before {@code java}. */
    public JavaCommand withWrapper(List<String> words) {
        return new JavaCommand(
                words, classPath, main, jvmOptions, arguments, environment, readsInput);
    }

    /** The same with such an environment. */
    public JavaCommand withEnvironment(Map<String, String> variables) {
        return new JavaCommand(
                wrapper, classPath, main, jvmOptions, arguments, variables, readsInput);
    }

    /** The command's words. */
    List<String> words() {
        List<String> words = new ArrayList<>(wrapper);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvmOptions);
        words.add("-cp");
        if (readsInput) {
            words.add(classPath);
        } else {
            words.add(classPath + File.pathSeparator + home(Tether.class));
            words.add(Tether.class.getName());
        }
        words.add(main);
        words.addAll(arguments);
        return words;
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
