package io.github.wikiflow.sandbox.kafka;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker inside this JVM: one node that is controller (KRaft) and broker, on loopback, with
 * its data in a folder. Started again on the same folder it goes on with what is there, also after
 * the process was killed.
 *
 * <p>Starting and closing may take seconds. Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int NODE_ID = 1;
    private static final String HOST = "127.0.0.1";

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker on a free port. */
    public static EmbeddedKafka start(Path folder) {
        return start(folder, 0);
    }

    /** Starts a broker on this port; 0 for a free one. */
    public static EmbeddedKafka start(Path folder, int port) {
        return start(folder, port, Map.of());
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @param folder where its data is or shall be; created when missing
     * @param port where clients connect; 0 for a free one
     * @param settings Kafka's broker settings, which replace those here
     * @throws OperationException if the port is taken or the folder cannot be used
     */
    public static EmbeddedKafka start(Path folder, int port, Map<String, String> settings) {
        return start(folder, port, settings, List.of(), Map.of());
    }

    /**
     * As {@link #start(Path, int, Map)}, with users.
     *
     * @param scramUsers as {@code kafka-storage.sh --add-scram} takes them; only a new folder gets
     *     them
     * @param client what a client needs besides the address to be allowed to ask for the brokers
     */
    static EmbeddedKafka start(
            Path folder,
            int port,
            Map<String, String> settings,
            List<String> scramUsers,
            Map<String, String> client) {
        int clientPort = port == 0 ? FreePort.find() : requireFree(port);
        String bootstrapServers = HOST + ":" + clientPort;
        Map<String, String> all = new TreeMap<>(settings(folder, clientPort, FreePort.find()));
        all.putAll(settings);
        format(folder, scramUsers);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(all), Time.SYSTEM);
        EmbeddedKafka kafka = new EmbeddedKafka(server, bootstrapServers);
        try {
            server.startup();
            kafka.awaitAnswer(client);
        } catch (RuntimeException e) {
            kafka.close();
            throw new OperationException(
                    "Kafka did not start on %s with its data in %s (%s)"
                            .formatted(bootstrapServers, folder, e.getMessage()),
                    e);
        }
        return kafka;
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker; its data stays. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Map<String, String> settings(Path folder, int clientPort, int controllerPort) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE_ID)),
                Map.entry("log.dirs", folder.toAbsolutePath().toString()),
                Map.entry(
                        "listeners",
                        "CLIENTS://%s:%d,CONTROLLER://%s:%d"
                                .formatted(HOST, clientPort, HOST, controllerPort)),
                Map.entry("advertised.listeners", "CLIENTS://%s:%d".formatted(HOST, clientPort)),
                Map.entry(
                        "listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "CLIENTS"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry(
                        "controller.quorum.voters",
                        "%d@%s:%d".formatted(NODE_ID, HOST, controllerPort)),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // Tests fill topics with events of any date; half a minute after the start, Kafka's
                // default, retention would take them away from under the test.
                Map.entry("log.initial.task.delay.ms", "600000"),
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"));
    }

    private static void format(Path folder, List<String> scramUsers) {
        try {
            Files.createDirectories(folder);
            Formatter formatter = new Formatter();
            formatter
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .setScramArguments(scramUsers)
                    .setControllerListenerName("CONTROLLER")
                    .setDirectories(List.of(folder.toAbsolutePath().toString()))
                    .setMetadataLogDirectory(folder.toAbsolutePath().toString());
            if (!Files.exists(folder.resolve("meta.properties"))) {
                formatter.run();
            }
        } catch (Exception e) {
            throw new OperationException(
                    "Kafka cannot keep its data in %s (%s); choose a folder that can be written"
                            .formatted(folder, e),
                    e);
        }
    }

    private void awaitAnswer(Map<String, String> client) {
        Map<String, Object> all = new TreeMap<>(client);
        all.put("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(all)) {
            admin.describeCluster().nodes().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted while Kafka started", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new OperationException("the broker does not answer", e);
        }
    }

    private static int requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port));
            return port;
        } catch (IOException e) {
            throw new OperationException(
                    "port %d on %s is taken; free it or choose another for Kafka"
                            .formatted(port, HOST),
                    e);
        }
    }
}
