package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./wikiflow stop}: what Ctrl-C does, from another terminal. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stop what up has started, as Ctrl-C does; the next up goes on from there.")
final class StopCommand implements Callable<Integer> {

    /** The process ends itself before, see {@link UntilStopped}. */
    private static final long PATIENCE_SECONDS = 30;

    @Mixin private DataOption data;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<RunningProcess> running = data.running();
        if (running.isEmpty()) {
            out.printf("Nothing runs on '%s'.%n", data.folder());
        }
        for (RunningProcess each : running) {
            each.process().destroy();
            try {
                each.process().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new OperationException(
                        "process %1$d did not end within %2$d s; end it with kill -9 %1$d, which loses nothing"
                                .formatted(each.process().pid(), PATIENCE_SECONDS),
                        e);
            }
            out.printf("Stopped %s, process %d.%n", each.kind(), each.process().pid());
        }
        return 0;
    }
}
