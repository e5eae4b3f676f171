package io.github.wikiflow.faults;

import io.github.wikiflow.faults.check.CarriedChanges;
import io.github.wikiflow.faults.pipeline.WholePipeline;
import io.github.wikiflow.harness.pipeline.SupervisedJob;
import io.github.wikiflow.http.WholeAnswer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the pipeline has come. Thread-safe. */
final class PipelineProgress implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final WholePipeline pipeline;
    private final CarriedChanges carried;
    private final Admin admin;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    PipelineProgress(WholePipeline pipeline, CarriedChanges carried) {
        this.pipeline = pipeline;
        this.carried = carried;
        this.admin = Admin.create(pipeline.deployment().kafkaClient());
    }

    /**
     * Waits until everything before an event of the log is in the topic, is covered by a completed
     * checkpoint of both jobs, and the dashboard answers.
     *
     * @throws TimeoutException naming what has not come so far
     */
    void awaitPassed(long index, Duration atMost) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (carried.completeTo() < index) {
            pauseUntil(
                    deadline,
                    "the bridge has come to %d of %d".formatted(carried.completeTo(), index));
        }
        Map<TopicPartition, Long> positions = carried.positions();
        for (SupervisedJob job : pipeline.jobs()) {
            while (!hasCommitted(job.name(), positions)) {
                pauseUntil(deadline, job.name() + " has completed no checkpoint");
            }
        }
        while (!dashboardAnswers()) {
            pauseUntil(deadline, "the dashboard does not answer");
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private boolean hasCommitted(String group, Map<TopicPartition, Long> positions)
            throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            for (Map.Entry<TopicPartition, Long> position : positions.entrySet()) {
                OffsetAndMetadata offset = committed.get(position.getKey());
                if (offset == null || offset.offset() < position.getValue()) {
                    return false;
                }
            }
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private boolean dashboardAnswers() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(pipeline.deployment().dashboardUri().resolve("/healthz"))
                            .build();
            return WholeAnswer.await(http, request, BodyHandlers.discarding(), ANSWER_WITHIN)
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pauseUntil(long deadline, String missing)
            throws InterruptedException, TimeoutException {
        if (System.nanoTime() > deadline) {
            throw new TimeoutException(missing);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
}
