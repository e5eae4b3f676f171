package io.github.wikiflow.faults;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.UsageException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    private @Nullable Long seed;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many faults; 0 for one of each kind (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--kinds",
            paramLabel = "KIND[,...]",
            split = ",",
            converter = FaultKindConverter.class,
            completionCandidates = FaultKindConverter.class,
            description = "Only these of ${COMPLETION-CANDIDATES} (default: all).")
    private Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);

    @Mixin private Workplace workplace;

    public static void main(String[] arguments) {
        System.exit(CommandRunner.runInterruptibly(new FaultsCommand(), arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (count < 0) {
            throw new UsageException("--count: cannot be %d; give 0 or more".formatted(count));
        }
        Path folder = workplace.folder();
        long chosen = seed == null ? System.nanoTime() : seed;
        Attack attack = new Attack(chosen, kinds, count, spec.commandLine().getOut());
        return attack.run(folder).right() ? 0 : 1;
    }
}
