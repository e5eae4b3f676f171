package io.github.wikiflow.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Which faults an attack injects, in rounds: those of a round overlap, and before the next round
 * the pipeline has recovered. A function of its seed. Every kind comes before any comes twice.
 */
final class AttackPlan {

    /** Of ten rounds so many have one fault; the others have two or three. */
    private static final int SINGLE_ROUNDS_OF_TEN = 5;

    private static final int MOST_DELAY_MILLIS = 3_000;

    private final List<List<PlannedFault>> rounds = new ArrayList<>();

    /**
     * @param kinds what may be injected
     * @param count how many faults
     */
    AttackPlan(long seed, Set<FaultKind> kinds, int count) {
        Random random = new Random(seed);
        Deque<FaultKind> next = new ArrayDeque<>();
        int number = 0;
        while (number < count) {
            List<PlannedFault> round = new ArrayList<>();
            int size =
                    random.nextInt(10) < SINGLE_ROUNDS_OF_TEN
                            ? 1
                            : Math.min(count - number, 2 + random.nextInt(2));
            while (round.size() < size) {
                if (next.isEmpty()) {
                    List<FaultKind> shuffled = new ArrayList<>(kinds);
                    Collections.sort(shuffled);
                    Collections.shuffle(shuffled, random);
                    next.addAll(shuffled);
                }
                Duration delay =
                        round.isEmpty()
                                ? Duration.ZERO
                                : Duration.ofMillis(random.nextInt(MOST_DELAY_MILLIS));
                round.add(new PlannedFault(++number, next.remove(), delay, random.nextLong()));
            }
            rounds.add(List.copyOf(round));
        }
    }

    /** How many faults there are. */
    int count() {
        return rounds.stream().mapToInt(List::size).sum();
    }

    /** The rounds in order. */
    List<List<PlannedFault>> rounds() {
        return Collections.unmodifiableList(rounds);
    }
}
