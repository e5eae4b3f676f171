package io.github.wikiflow.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttackPlanTest {

    private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

    @Test
    void theSameSeedMakesTheSamePlan() {
        assertThat(new AttackPlan(7, ALL, 100).rounds())
                .isEqualTo(new AttackPlan(7, ALL, 100).rounds())
                .isNotEqualTo(new AttackPlan(8, ALL, 100).rounds());
    }

    @Test
    void everyKindComesBeforeAnyComesTwice() {
        List<PlannedFault> faults = faults(new AttackPlan(7, ALL, 3 * ALL.size()));
        for (int from = 0; from < faults.size(); from += ALL.size()) {
            assertThat(faults.subList(from, from + ALL.size()))
                    .extracting(PlannedFault::kind)
                    .containsExactlyInAnyOrderElementsOf(ALL);
        }
    }

    @Test
    void faultsAreCountedAndSomeOverlap() {
        AttackPlan plan = new AttackPlan(7, ALL, 100);
        assertThat(faults(plan))
                .hasSize(100)
                .last()
                .extracting(PlannedFault::number)
                .isEqualTo(100);
        assertThat(plan.rounds()).extracting(List::size).contains(1, 2, 3);
    }

    @Test
    void whatCannotBeInjectedIsLeftOut() {
        Set<FaultKind> kinds = EnumSet.complementOf(EnumSet.of(FaultKind.FULL_DISK));
        assertThat(faults(new AttackPlan(7, kinds, 100)))
                .extracting(PlannedFault::kind)
                .doesNotContain(FaultKind.FULL_DISK);
    }

    private static List<PlannedFault> faults(AttackPlan plan) {
        return plan.rounds().stream().flatMap(List::stream).toList();
    }
}
