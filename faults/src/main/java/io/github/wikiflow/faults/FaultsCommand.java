package io.github.wikiflow.faults;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.UsageException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The attack as a process. */
@Command(
        name = "wikiflow faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Attacks a pipeline of its own with random faults and shows whether anything is lost.",
            "Every part is a process of its own on this machine, on free ports of the loopback."
        })
public final class FaultsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Chooses events and faults (default: another one each time).")
    private Long seed;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many faults (default: ${DEFAULT-VALUE}).")
    private int count;

    @Mixin private Workplace workplace;

    public static void main(String[] arguments) {
        System.exit(CommandRunner.runInterruptibly(new FaultsCommand(), arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (count < 1) {
            throw new UsageException("--count: cannot be %d; give 1 or more".formatted(count));
        }
        Path folder = workplace.folder();
        long chosen = seed == null ? System.nanoTime() : seed;
        Attack attack = new Attack(chosen, count, Workplace.home(), spec.commandLine().getOut());
        return attack.run(folder) ? 0 : 1;
    }
}
