package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.OperationException;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes generated events into a Kafka topic with their keys and record times, as fast as the
 * broker takes them, in order within each partition. May be used several times; not thread-safe.
 *
 * <p>Kafka deletes by record time: give the topic {@code retention.ms=-1} unless the events are
 * younger than its retention.
 */
public final class TopicLoader implements AutoCloseable {

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final TopicModel model;

    /**
     * Connects.
     *
     * @param client {@code bootstrap.servers} and whatever else the client needs
     * @param topic a topic that exists and into which nobody else writes
     * @throws OperationException if the broker cannot be reached or has no such topic
     */
    public TopicLoader(Properties client, String topic) {
        this.topic = topic;
        Properties properties = new Properties();
        properties.putAll(client);
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "20");
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, "262144");
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        try (Admin admin = Admin.create(client)) {
            int partitions = producer.partitionsFor(topic).size();
            TopicCreation.awaitLeaders(admin, topic, partitions);
            model = new TopicModel(partitions);
        } catch (KafkaException | ExecutionException e) {
            producer.close();
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            producer.close();
            throw failure(e);
        }
    }

    /**
     * Writes all events and waits until the broker has them.
     *
     * @param landed told of each event in order, on the calling thread; its offset is right if the
     *     topic was empty before the loader's first use
     * @throws OperationException if the broker does not take an event
     */
    public void load(Iterable<GeneratedEvent> events, Consumer<LandedEvent> landed) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        try {
            for (GeneratedEvent event : events) {
                LandedEvent record = model.land(event);
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                record.partition(),
                                record.recordTime(),
                                event.key(),
                                event.json()),
                        (metadata, exception) -> failure.compareAndSet(null, exception));
                if (failure.get() != null) {
                    break;
                }
                landed.accept(record);
            }
            producer.flush();
        } catch (KafkaException e) {
            throw failure(e);
        }
        if (failure.get() != null) {
            throw failure(failure.get());
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private OperationException failure(Exception cause) {
        return new OperationException(
                "cannot write to topic %s (%s); check --bootstrap-servers and whether the topic exists"
                        .formatted(topic, cause.getMessage()),
                cause);
    }
}
