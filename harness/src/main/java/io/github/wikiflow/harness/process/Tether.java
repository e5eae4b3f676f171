package io.github.wikiflow.harness.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another main class, and ends the process when its input ends: that is when whoever started
 * it closes it, or ends in whatever way, SIGKILL included, since the system closes the pipe then.
 */
public final class Tether {

    private Tether() {}

    /** Arguments: the name of the main class, and its arguments. */
    public static void main(String[] arguments) throws Throwable {
        Thread thread = new Thread(() -> haltAtEnd(System.in), "tether");
        thread.setDaemon(true);
        thread.start();
        Method main = Class.forName(arguments[0]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void haltAtEnd(InputStream input) {
        try {
            while (input.read() >= 0) {
                // Nothing is said to it before the end.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(0);
    }
}
