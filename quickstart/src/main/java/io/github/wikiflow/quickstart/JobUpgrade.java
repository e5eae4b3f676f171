package io.github.wikiflow.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.ShellWord;
import io.github.wikiflow.events.options.StackTraceText;
import io.github.wikiflow.events.options.UsageException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a running job by a newer build of it, on any session cluster: lets the cluster try the
 * new jar, stops the old job with a savepoint, starts the new one from it, and waits until it runs.
 * Whatever fails, the savepoint stays, and the message says how to go on.
 */
final class JobUpgrade {

    private static final long POLL_MILLIS = 200;

    /** Under which the jobs show their options: io.github.wikiflow.jobs.JobCommand. */
    private static final String OPTIONS = "options";

    private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED");

    private final FlinkRest flink;
    private final Duration patience;
    private final PrintStream console;

    /**
     * @param patience how long the savepoint may take, and how long the new job's start
     * @param console where progress is printed
     */
    JobUpgrade(FlinkRest flink, Duration patience, PrintStream console) {
        this.flink = flink;
        this.patience = patience;
        this.console = console;
    }

    /**
     * What to upgrade to.
     *
     * @param arguments the job's options
     * @param parallelism null for the cluster's default
     * @param flinkSettings of the new job, on top of the cluster's and of the old job's folder for
     *     checkpoints
     * @param allowNonRestoredState whether state that the new job has no operator for may be lost
     */
    record Release(
            Path jar,
            List<String> arguments,
            @Nullable Integer parallelism,
            Map<String, String> flinkSettings,
            boolean allowNonRestoredState) {}

    /**
     * What the old job was started with, as far as Flink tells.
     *
     * @param options of the job, as a shell takes them
     * @param checkpoints the folder in which it keeps its checkpoints; null if it has none
     */
    private record Run(String id, String options, int parallelism, @Nullable String checkpoints) {

        /** Whoever looks there for the newest state must find the successor's. */
        Map<String, String> settings() {
            return checkpoints == null
                    ? Map.of()
                    : Map.of(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(), checkpoints);
        }
    }

    /**
     * Stops the running job with a savepoint, and starts the release from it.
     *
     * @param savepoints folder for the savepoint; null for the cluster's own
     * @return the id of the new job, which runs
     * @throws UsageException if the jar or its options cannot be used; the old job runs on
     * @throws OperationException if something else fails
     */
    String upgrade(Release release, @Nullable String savepoints) throws InterruptedException {
        String jar = flink.upload(release.jar());
        try {
            String name = nameOfJob(jar, release);
            Run old = runningJob(name);
            console.printf("Stopping %s (%s) with a savepoint ...%n", name, old.id());
            String savepoint = stop(old.id(), savepoints);
            console.printf("The savepoint is %s%n", savepoint);
            try {
                return start(jar, release, old.settings(), name, savepoint);
            } catch (FlinkRest.Refusal | OperationException e) {
                throw new OperationException(
                        "%s from '%s' does not run: %s. Nothing is lost; go back with: %s"
                                .formatted(
                                        name,
                                        release.jar(),
                                        e.getMessage(),
                                        commandBack(old, savepoint)),
                        e);
            }
        } finally {
            flink.delete("/jars/" + jar);
        }
    }

    /**
     * Starts the release from a savepoint of a job that runs no more: the way back from an upgrade.
     *
     * @return the id of the new job, which runs
     * @throws UsageException if the jar or its options cannot be used
     * @throws OperationException if something else fails, or a job of this name runs
     */
    String restore(Release release, String savepoint) throws InterruptedException {
        String jar = flink.upload(release.jar());
        try {
            String name = nameOfJob(jar, release);
            List<String> running = runningJobs(name);
            if (!running.isEmpty()) {
                throw new OperationException(
                        "%s runs at %s already, as %s; cancel it, or upgrade it without --from"
                                .formatted(name, flink.address(), running.get(0)));
            }
            try {
                return start(jar, release, Map.of(), name, savepoint);
            } catch (FlinkRest.Refusal e) {
                throw new OperationException(
                        "%s from '%s' does not run: %s; look at it in the web UI"
                                .formatted(name, release.jar(), e.getMessage()),
                        e);
            }
        } finally {
            flink.delete("/jars/" + jar);
        }
    }

    /** With everything that the old job was started with. */
    private String commandBack(Run old, String savepoint) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("./wikiflow", "upgrade", "-m", flink.address().getAuthority()));
        words.addAll(List.of("--from", ShellWord.quoted(savepoint)));
        words.addAll(List.of("--parallelism", Integer.toString(old.parallelism())));
        old.settings()
                .forEach(
                        (key, value) ->
                                words.addAll(List.of("-D", ShellWord.quoted(key + "=" + value))));
        words.add("OLD_JAR");
        words.add(old.options());
        return String.join(" ", words).strip();
    }

    /**
     * Runs the new jar's main as far as its graph, before anything is stopped. It is told that it
     * starts from a savepoint, as the archive refuses to begin anew where it has written already.
     */
    private String nameOfJob(String jar, Release release) throws InterruptedException {
        Map<String, String> settings =
                Map.of(StateRecoveryOptions.SAVEPOINT_PATH.key(), "to-be-made");
        try {
            return flink.post("/jars/" + jar + "/plan", request(release, settings))
                    .path("plan")
                    .path("name")
                    .asText();
        } catch (FlinkRest.Refusal e) {
            throw new UsageException(
                    "'%s' cannot be used: %s".formatted(release.jar(), e.getMessage()));
        }
    }

    private Run runningJob(String name) throws InterruptedException {
        List<String> running = runningJobs(name);
        if (running.size() != 1) {
            throw new OperationException(
                    running.isEmpty()
                            ? "no job named %s runs at %s; submit it with ./wikiflow flink run"
                                    .formatted(name, flink.address())
                            : "%d jobs named %s run at %s; cancel all but one"
                                    .formatted(running.size(), name, flink.address()));
        }
        String id = running.get(0);
        JsonNode configuration = flink.get("/jobs/" + id + "/config").path("execution-config");
        JsonNode shown = configuration.path("user-config");
        JsonNode checkpoints = shown.path(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key());
        return new Run(
                id,
                shown.path(OPTIONS).asText(),
                configuration.path("job-parallelism").asInt(1),
                checkpoints.isTextual() ? checkpoints.asText() : checkpointFolder(id));
    }

    private List<String> runningJobs(String name) throws InterruptedException {
        List<String> running = new ArrayList<>();
        for (JsonNode job : flink.get("/jobs/overview").path("jobs")) {
            if (job.path("name").asText().equals(name)
                    && !ENDED.contains(job.path("state").asText())) {
                running.add(job.path("jid").asText());
            }
        }
        return running;
    }

    /**
     * By a checkpoint, for a build that does not show its folder. Null if it has none yet, or keeps
     * them in memory.
     */
    private @Nullable String checkpointFolder(String job) throws InterruptedException {
        String newest =
                flink.get("/jobs/" + job + "/checkpoints")
                        .path("latest")
                        .path("completed")
                        .path("external_path")
                        .asText();
        int ownFolder = newest.lastIndexOf("/" + job + "/chk-");
        return ownFolder < 0 ? null : newest.substring(0, ownFolder);
    }

    private String stop(String job, @Nullable String savepoints) throws InterruptedException {
        Map<String, Object> request = new HashMap<>();
        request.put("drain", false);
        request.put("formatType", "CANONICAL");
        if (savepoints != null) {
            request.put("targetDirectory", savepoints);
        }
        try {
            String trigger =
                    flink.post("/jobs/" + job + "/stop", request).path("request-id").asText();
            long deadline = System.nanoTime() + patience.toNanos();
            JsonNode answer;
            do {
                if (System.nanoTime() > deadline) {
                    throw notStopped(job, "it takes longer than " + patience.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                answer = flink.get("/jobs/" + job + "/savepoints/" + trigger);
            } while (!answer.path("status").path("id").asText().equals("COMPLETED"));
            JsonNode operation = answer.path("operation");
            if (!operation.has("location")) {
                throw notStopped(
                        job,
                        StackTraceText.innermost(
                                operation.path("failure-cause").path("stack-trace").asText()));
            }
            return operation.path("location").asText();
        } catch (FlinkRest.Refusal e) {
            throw notStopped(job, e.getMessage());
        }
    }

    private static OperationException notStopped(String job, @Nullable String reason) {
        return new OperationException(
                "the job %s was not stopped with a savepoint: %s; nothing has been replaced, look at the job in the web UI"
                        .formatted(job, reason));
    }

    private String start(
            String jar,
            Release release,
            Map<String, String> settings,
            String name,
            String savepoint)
            throws InterruptedException {
        Map<String, Object> request = request(release, settings);
        request.put("savepointPath", savepoint);
        request.put("allowNonRestoredState", release.allowNonRestoredState());
        String started = flink.post("/jars/" + jar + "/run", request).path("jobid").asText();
        try {
            awaitRunning(started);
        } catch (FlinkRest.Refusal | OperationException e) {
            flink.cancel(started);
            throw e;
        }
        console.printf("%s runs as %s%n", name, started);
        return started;
    }

    private void awaitRunning(String job) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            JsonNode details = flink.get("/jobs/" + job);
            boolean running = true;
            for (JsonNode vertex : details.path("vertices")) {
                running &= vertex.path("status").asText().equals("RUNNING");
            }
            if (running && details.path("state").asText().equals("RUNNING")) {
                return;
            }
            if (ENDED.contains(details.path("state").asText()) || System.nanoTime() > deadline) {
                throw new OperationException(
                        "%s %s".formatted(details.path("state").asText(), newestFailure(job)));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** What the web UI shows first under Exceptions; empty if there is nothing. */
    private String newestFailure(String job) throws InterruptedException {
        return StackTraceText.innermost(
                flink.get("/jobs/" + job + "/exceptions")
                        .path("exceptionHistory")
                        .path("entries")
                        .path(0)
                        .path("stacktrace")
                        .asText());
    }

    /** What plans or runs the new jar, with these settings unless the release has others. */
    private static Map<String, Object> request(Release release, Map<String, String> defaults) {
        Map<String, String> settings = new HashMap<>(defaults);
        settings.putAll(release.flinkSettings());
        Map<String, Object> request = new HashMap<>();
        request.put("programArgsList", release.arguments());
        request.put("flinkConfiguration", settings);
        if (release.parallelism() != null) {
            request.put("parallelism", release.parallelism());
        }
        return request;
    }
}
