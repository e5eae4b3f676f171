package io.github.wikiflow.benchmarks.contender;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a contender has to do: read all of a topic, and leave its answer in a folder.
 *
 * @param bootstrapServers of the Kafka broker
 * @param topic of raw changes
 * @param partitions how many the topic has
 * @param events how many there are in it
 * @param folder for whatever the contender writes; exists, is empty, and nobody else uses it
 * @param inputLake a lake of the same events, for contenders that read one instead of the topic
 * @param options what makes this run different from others of the same main class; may be empty
 */
public record Task(
        String bootstrapServers,
        String topic,
        int partitions,
        long events,
        Path folder,
        Path inputLake,
        List<String> options) {

    private static final int FIRST_OPTION = 6;

    public Task {
        options = List.copyOf(options);
    }

    /** The task that {@link #toArguments} wrote. */
    public static Task of(String... arguments) {
        return new Task(
                arguments[0],
                arguments[1],
                Integer.parseInt(arguments[2]),
                Long.parseLong(arguments[3]),
                Path.of(arguments[4]),
                Path.of(arguments[5]),
                List.of(arguments).subList(FIRST_OPTION, arguments.length));
    }

    /** The arguments of the contender's process. */
    public List<String> toArguments() {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                bootstrapServers,
                                topic,
                                Integer.toString(partitions),
                                Long.toString(events),
                                folder.toString(),
                                inputLake.toString()));
        arguments.addAll(options);
        return arguments;
    }

    /** Where the lake goes, if the contender writes one. */
    public Path lake() {
        return folder.resolve("lake");
    }

    /** Where the ranking goes in the end, if the contender makes one; see {@link Ranked#write}. */
    public Path ranking() {
        return folder.resolve("ranking");
    }

    /** Where the engine keeps its checkpoints. */
    public Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** A topic that only this run writes. */
    public String outputTopic() {
        return "output-" + folder.getFileName();
    }
}
