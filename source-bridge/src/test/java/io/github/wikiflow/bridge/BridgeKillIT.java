package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.stream.DataCentre;
import io.github.wikiflow.sandbox.stream.fault.Ending;
import io.github.wikiflow.sandbox.stream.fault.Fault;
import io.github.wikiflow.sandbox.stream.fault.FaultSequence;
import io.github.wikiflow.testing.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bridge as a process of its own is killed at random moments, and its connections are cut at
 * random places, while events keep coming from both data centres.
 */
class BridgeKillIT {

    private static final int KILLS = Integer.getInteger("kills", 8);
    private static final int CUTS = KILLS + 4;

    @TempDir private Path folder;

    @Test
    void losesAndRepeatsNothingHoweverOftenItIsKilled() throws Exception {
        long seed = Seed.draw();
        Random random = new Random(seed);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                Scenario scenario = new Scenario(kafka)) {
            for (int cut = 0; cut < CUTS; cut++) {
                scenario.faults.onNextConnection(
                        FaultSequence.after(random.nextInt(400), randomCut(random)));
            }
            AtomicBoolean enough = new AtomicBoolean();
            Thread source =
                    new Thread(() -> publish(scenario, random.nextLong(), enough), "source");
            source.start();
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    killAfterSomeEvents(scenario, kill, random);
                }
            } finally {
                enough.set(true);
                source.join();
            }
            // The last one lives on, and meets what is left of the cuts.
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
            await("all cuts")
                    .atMost(Duration.ofMinutes(1))
                    .until(
                            () -> {
                                scenario.append(100, scenario.events.ids().size());
                                return scenario.stream.traffic().connections() > CUTS;
                            });
            scenario.assertAllForwardedOnce();
            // The kills and cuts made the stream send much again, and the source's own numbering
            // says
            // that the last bridge had no gap to the ones before.
            assertThat(scenario.stream.traffic().eventsSent())
                    .isGreaterThan(scenario.events.ids().size());
            assertThat(scenario.count("repeats")).isPositive();
            assertThat(scenario.count("missing.events")).isZero();
        }
    }

    private static Fault randomCut(Random random) {
        Ending ending = random.nextBoolean() ? Ending.CLOSED : Ending.RESET;
        return random.nextBoolean()
                ? new Fault.Cut(ending)
                : new Fault.HalfFrame(random.nextDouble(), ending);
    }

    /** Some hundred events in a second, many with the same timestamp, the latest out of order. */
    private static void publish(Scenario scenario, long seed, AtomicBoolean enough) {
        Random random = new Random(seed);
        long time = Scenario.TIME;
        while (!enough.get()) {
            time += random.nextInt(300);
            DataCentre dataCentre = random.nextInt(10) == 0 ? DataCentre.CODFW : DataCentre.EQIAD;
            long straggling = random.nextInt(10) == 0 ? random.nextInt(20_000) : 0;
            scenario.events.append(dataCentre, 1 + random.nextInt(30), time - straggling);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(40));
        }
    }

    /** Lets a bridge run until the server has sent it some hundreds of events, and kills it. */
    private void killAfterSomeEvents(Scenario scenario, int number, Random random)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(scenario.arguments());
        arguments.addAll(List.of("--http-address=none", "--commit-events=20"));
        try (BridgeProcess bridge =
                BridgeProcess.start(folder.resolve("bridge-" + number + ".log"), arguments)) {
            long goal = scenario.stream.traffic().eventsSent() + 1 + random.nextInt(500);
            await("events sent to bridge " + number)
                    .atMost(Duration.ofMinutes(1))
                    .until(
                            () -> {
                                assertThat(bridge.process().isAlive()).as(bridge::output).isTrue();
                                return scenario.stream.traffic().eventsSent() >= goal;
                            });
            // Then at any moment of a transaction or between two.
            assertThat(bridge.process().waitFor(random.nextInt(300), TimeUnit.MILLISECONDS))
                    .isFalse();
        }
    }
}
