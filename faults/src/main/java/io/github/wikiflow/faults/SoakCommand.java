package io.github.wikiflow.faults;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The long run as a process. */
@Command(
        name = "wikiflow soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lets a pipeline of its own carry a long time of the stream at many times its rate, and",
            "shows whether memory, open files, threads and state stay flat."
        })
public final class SoakCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--simulated",
            paramLabel = "DURATION",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description = "How long, by the stream's clock (default: ${DEFAULT-VALUE}).")
    private Duration simulated;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "How many times faster than ours the stream's clock runs: 20 makes 800 events a"
                            + " second (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Mixin private Workplace workplace;

    public static void main(String[] arguments) {
        System.exit(CommandRunner.runInterruptibly(new SoakCommand(), arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (speed <= 0) {
            throw new UsageException("--speed: cannot be %s; give more than 0".formatted(speed));
        }
        if (simulated.isZero()) {
            throw new UsageException("--simulated: cannot be 0; give 1h or so");
        }
        Path folder = workplace.folder();
        Soak soak = new Soak(simulated, speed, spec.commandLine().getOut());
        return soak.run(folder) ? 0 : 1;
    }
}
