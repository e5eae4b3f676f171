package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SourceOptionsTest {

    @TempDir private Path folder;

    @Command
    private static final class Holder {
        @Mixin private SourceOptions source;
    }

    @Test
    void triesTheLiveStreamUnlessToldOtherwise() {
        SourceOptions options = parse();
        options.validate();
        assertThat(options.kind()).isEqualTo(SourceOptions.Kind.AUTO);
    }

    @Test
    void replaysAFileThatIsThere() throws Exception {
        Path file = Files.writeString(folder.resolve("events.ndjson"), "{}\n");
        SourceOptions options = parse("--source", "replay", "--replay", file.toString());
        options.validate();
        assertThat(options.replay()).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--source replay | --source replay needs a file; name one with --replay FILE, one JSON event a line",
                "--replay x | --replay x goes with --source replay, not with --source auto",
                "--source replay --replay /no/such | --replay: cannot read '/no/such'; name a readable file of events, one JSON event a line",
                "--rate 0 | --rate 0.0 is not between 0 and 100000 events per second",
                "--rate NaN | --rate NaN is not between 0 and 100000 events per second",
                "--speed -1 | --speed -1.0 is negative; 0 is as fast as possible",
            })
    void saysWhatDoesNotFit(String arguments, String message) {
        SourceOptions options = parse(arguments.split(" "));
        assertThatThrownBy(options::validate)
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    private static SourceOptions parse(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return holder.source;
    }
}
