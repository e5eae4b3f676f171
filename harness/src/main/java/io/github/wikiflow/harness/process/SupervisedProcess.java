package io.github.wikiflow.harness.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that is started again whenever it ends, as systemd or Docker does, until this is
 * closed. It can be killed, stopped or paused from outside. Thread-safe.
 */
public final class SupervisedProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);

    /** Between an end and the next start, as Docker's first. */
    private static final Duration RESTART_DELAY = Duration.ofMillis(100);

    private final String name;
    private final Supplier<JavaCommand> command;
    private final Path output;
    private final Thread supervisor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Set before anybody else sees this object. */
    @SuppressWarnings("NullAway.Init")
    private JavaProcess process;

    private boolean held;
    private boolean closed;

    private SupervisedProcess(String name, Supplier<JavaCommand> command, Path output)
            throws IOException {
        this.name = name;
        this.command = command;
        this.output = output;
        this.supervisor = new Thread(this::supervise, "supervisor of " + name);
        this.supervisor.setDaemon(true);
    }

    /**
     * Starts it.
     *
     * @param command asked again at each start
     * @param output the file to which it writes
     */
    public static SupervisedProcess start(String name, Supplier<JavaCommand> command, Path output)
            throws IOException {
        SupervisedProcess supervised = new SupervisedProcess(name, command, output);
        supervised.process = supervised.launch();
        supervised.supervisor.start();
        return supervised;
    }

    /** For humans. */
    public String name() {
        return name;
    }

    /** Of the process that runs now, or ran last. */
    public long pid() {
        return current().pid();
    }

    /** The file to which it writes. */
    public Path output() {
        return output;
    }

    /**
     * SIGKILL; returns when it has ended.
     *
     * @return whether it was this that ended it
     */
    public boolean kill() throws InterruptedException {
        return current().kill();
    }

    /**
     * SIGTERM; returns when it has ended.
     *
     * @return false if it had ended before, or had to be killed
     */
    public boolean terminate() throws InterruptedException {
        return current().terminate();
    }

    /**
     * SIGSTOP for a time, then SIGCONT, for which this waits.
     *
     * @return false if it had ended before, or ended meanwhile
     */
    public boolean pause(Duration time) throws IOException, InterruptedException {
        return current().pause(time);
    }

    /** From now on it is not started again if it ends, until {@link #release}. */
    public void hold() {
        setHeld(true);
    }

    /** Ends {@link #hold}. */
    public void release() {
        setHeld(false);
    }

    /**
     * Writes a line to its input.
     *
     * @return false if it has ended, and does not get it
     */
    public boolean tell(String line) {
        try {
            current().tell(line);
            return true;
        } catch (IOException e) {
            LOG.debug("{} was not told '{}'", name, line, e);
            return false;
        }
    }

    /** Kills it for good. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            process.kill();
            changed.signalAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        try {
            supervisor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void supervise() {
        try {
            while (!isClosed()) {
                int status = current().awaitEnd();
                LOG.info("{} has ended with {}", name, status);
                restart();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("{} cannot be started again", name, e);
        }
    }

    private void restart() throws InterruptedException, IOException {
        lock.lockInterruptibly();
        try {
            long delay = RESTART_DELAY.toNanos();
            while (!closed && (held || delay > 0)) {
                if (held) {
                    changed.await();
                } else {
                    delay = changed.awaitNanos(delay);
                }
            }
            if (!closed) {
                process.close();
                process = launch();
            }
        } finally {
            lock.unlock();
        }
    }

    private JavaProcess launch() throws IOException {
        JavaProcess launched = JavaProcess.start(command.get(), output);
        LOG.info("{} runs as {}", name, launched.pid());
        return launched;
    }

    private JavaProcess current() {
        lock.lock();
        try {
            return process;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void setHeld(boolean value) {
        lock.lock();
        try {
            held = value;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
