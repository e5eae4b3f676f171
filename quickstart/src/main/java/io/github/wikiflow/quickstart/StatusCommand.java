package io.github.wikiflow.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.http.WholeAnswer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./wikiflow status}: what runs, where it is, and how it is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Show what up has started, where it is, and how the bridge and the jobs are.",
            "The exit code is 0 if all of it runs, otherwise 1."
        })
final class StatusCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String RUNNING = "RUNNING";

    @Mixin private DataOption data;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<RunningProcess> running = data.running();
        if (running.isEmpty()) {
            out.printf("Nothing runs on '%s'; ./wikiflow up starts it.%n", data.folder());
            return 1;
        }
        boolean healthy = true;
        for (RunningProcess each : running) {
            out.printf("%-14s process %d%n", each.kind(), each.process().pid());
            each.addresses().forEach((part, address) -> out.printf("  %-14s %s%n", part, address));
            String bridge = bridge(each);
            out.printf("  %-14s %s%n", "The bridge", bridge);
            List<String> jobs = jobs(each);
            jobs.forEach(job -> out.printf("  %-14s %s%n", "A job", job));
            healthy &= bridge.startsWith("200") && jobs.stream().allMatch(StatusCommand::runs);
        }
        return healthy ? 0 : 1;
    }

    private static boolean runs(String job) {
        return job.endsWith(RUNNING);
    }

    /** How the bridge finds itself: the status and what it says. */
    private static String bridge(RunningProcess running) throws InterruptedException {
        URI metrics = URI.create(running.addresses().get("Bridge"));
        try {
            var answer =
                    WholeAnswer.await(
                            HttpClient.newHttpClient(),
                            HttpRequest.newBuilder(metrics.resolve("/healthz")).build(),
                            BodyHandlers.ofString(),
                            PATIENCE);
            return answer.statusCode() + " " + answer.body().strip();
        } catch (IOException e) {
            return "does not answer (%s)".formatted(e);
        }
    }

    /** Each job with its state; the reason, if Flink cannot be asked. */
    private static List<String> jobs(RunningProcess running) throws InterruptedException {
        FlinkRest flink =
                new FlinkRest(URI.create(running.addresses().get("Flink web UI")), PATIENCE);
        try {
            List<String> jobs = new ArrayList<>();
            for (JsonNode job : flink.get("/jobs/overview").path("jobs")) {
                jobs.add(job.path("name").asText() + " " + job.path("state").asText());
            }
            return jobs;
        } catch (OperationException e) {
            return List.of(e.getMessage());
        }
    }
}
