package io.github.wikiflow.benchmarks.bridge;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.background.BackgroundEventHandler;
import com.launchdarkly.eventsource.background.BackgroundEventSource;
import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.bridge.Bridge;
import io.github.wikiflow.bridge.BridgeOptions;
import io.github.wikiflow.bridge.BridgeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The ways to carry the backlog that are compared; each runs in a process of its own. */
enum Carrier {
    /** Reads the bytes of the stream and throws them away. */
    READ_ONLY {
        @Override
        double seconds(URI stream, String bootstrapServers, String topic, long events)
                throws IOException {
            long start = System.nanoTime();
            HttpURLConnection connection = (HttpURLConnection) stream.toURL().openConnection();
            connection.setRequestProperty("User-Agent", USER_AGENT);
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = connection.getInputStream()) {
                while (in.read(buffer) >= 0) {
                    // The next ones overwrite these.
                }
            }
            return (System.nanoTime() - start) / 1e9;
        }
    },

    /** As tutorials do it: a callback that hands each event to a plain producer. */
    TUTORIAL {
        @Override
        double seconds(URI stream, String bootstrapServers, String topic, long events)
                throws InterruptedException {
            long start = System.nanoTime();
            CountDownLatch left = new CountDownLatch(Math.toIntExact(events));
            try (KafkaProducer<String, String> producer =
                            new KafkaProducer<>(
                                    Map.of("bootstrap.servers", bootstrapServers),
                                    new StringSerializer(),
                                    new StringSerializer());
                    BackgroundEventSource source =
                            new BackgroundEventSource.Builder(
                                            new Forwarder(producer, topic, left),
                                            new EventSource.Builder(
                                                    ConnectStrategy.http(stream)
                                                            .header("User-Agent", USER_AGENT)))
                                    .build()) {
                source.start();
                left.await();
            }
            return (System.nanoTime() - start) / 1e9;
        }
    },

    /** This project's bridge: transactions, keys, checks and a resume point. */
    BRIDGE {
        @Override
        double seconds(URI stream, String bootstrapServers, String topic, long events)
                throws InterruptedException {
            BridgeSettings settings =
                    BridgeOptions.settings(
                            "--stream-url=" + stream.resolve("."),
                            "--contact=benchmark",
                            "--bootstrap-servers=" + bootstrapServers,
                            "--topic=" + topic,
                            "--cursor-topic=" + topic + "-cursor",
                            "--bridge-id=" + topic);
            try (Bridge bridge = Bridge.start(settings, new SimpleMeterRegistry())) {
                long start = System.nanoTime();
                while (bridge.statistics().eventsForwarded() < events) {
                    if (bridge.ended().isDone()) {
                        throw new IllegalStateException("the bridge ended: " + bridge.health());
                    }
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                return (System.nanoTime() - start) / 1e9;
            }
        }
    };

    private static final String USER_AGENT = "wikiflow-benchmark/1.0 (localhost)";

    /** Arguments: name, stream, bootstrap servers, topic, events. Writes what it cost. */
    public static void main(String[] arguments) throws Exception {
        long events = Long.parseLong(arguments[4]);
        System.out.println(
                Measurement.of(
                                events,
                                () ->
                                        valueOf(arguments[0])
                                                .seconds(
                                                        URI.create(arguments[1]),
                                                        arguments[2],
                                                        arguments[3],
                                                        events))
                        .toLine());
        System.exit(0);
    }

    /** Carries all events; returns how long it took until Kafka had acknowledged the last. */
    abstract double seconds(URI stream, String bootstrapServers, String topic, long events)
            throws Exception;

    private record Forwarder(
            KafkaProducer<String, String> producer, String topic, CountDownLatch left)
            implements BackgroundEventHandler {

        @Override
        public void onMessage(String event, MessageEvent message) {
            producer.send(
                    new ProducerRecord<>(topic, message.getData()),
                    (metadata, failure) -> {
                        if (failure == null) {
                            left.countDown();
                        }
                    });
        }

        @Override
        public void onOpen() {}

        @Override
        public void onClosed() {}

        @Override
        public void onComment(String comment) {}

        @Override
        public void onError(Throwable error) {
            System.err.println(error);
        }
    }
}
