package io.github.wikiflow.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultLogTest {

    private final FaultLog log = new FaultLog();

    @Test
    void whatDidNotHappenIsListedAndNotCounted() {
        log.add(fault(1, FaultKind.UPGRADE), new Injection.Done(), Duration.ofSeconds(2));
        log.add(fault(2, FaultKind.UPGRADE), new Injection.Done(), Duration.ofSeconds(4));
        log.add(fault(3, FaultKind.DAMAGED_CHECKPOINT), new Injection.NotDone("there was none"));

        assertThat(log.done()).isEqualTo(2);
        assertThat(log.notDone()).containsExactly("3, damaged-checkpoint: there was none");
        StringWriter printed = new StringWriter();
        log.print(new PrintWriter(printed));
        assertThat(printed.toString().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).matches("upgrade +2 +4.0 s +4.0 s"))
                .last()
                .isEqualTo("NOT DONE 3, damaged-checkpoint: there was none");
    }

    private static PlannedFault fault(int number, FaultKind kind) {
        return new PlannedFault(number, kind, Duration.ZERO, 0);
    }
}
