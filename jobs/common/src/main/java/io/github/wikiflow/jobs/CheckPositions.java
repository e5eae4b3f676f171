package io.github.wikiflow.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets everything through, and fails the job when it would read a topic from another place than the
 * one where its checkpoint was. Flink's source would begin at the earliest record of whatever it
 * finds, without a word: a topic that was deleted and created anew, or one whose end was lost,
 * would be read twice or in part.
 *
 * <p>It keeps the next offset of each partition and the topic's id, which is another one for each
 * topic that is created. At a restart the first subtask compares both with the topic; and no offset
 * may ever come again. Offsets that the topic does not have any more, since retention has passed a
 * job that was stopped, cannot be had again: they are counted and logged, and the job goes on.
 *
 * <p>To be chained to the source, so that it sees all records of a partition in their order.
 */
public final class CheckPositions<T extends TopicPlace> extends RichFilterFunction<T>
        implements CheckpointedFunction {

    /** Its operator's name and id. */
    public static final String NAME = "check-positions";

    /** Metric: offsets below the topic's first that the job had not yet read when it started. */
    public static final String OFFSETS_LOST = "offsets-lost";

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(CheckPositions.class);

    private static final ListStateDescriptor<Tuple2<Integer, Long>> NEXT_OFFSETS =
            new ListStateDescriptor<>("next-offsets", Types.TUPLE(Types.INT, Types.LONG));

    private static final ListStateDescriptor<String> TOPIC_ID =
            new ListStateDescriptor<>("topic-id", Types.STRING);

    private static final String REMEDY =
            "start without a checkpoint (the archive with another --lake), or go on with the topic as it is by --accept-new-topic";

    private final String topic;
    private final Properties client;
    private final boolean acceptNewTopic;

    private transient ListState<Tuple2<Integer, Long>> nextState;
    private transient ListState<String> topicState;

    /** By partition: the offset after the last that was seen; 0 if none was. */
    private transient long[] next;

    /** Only the first subtask knows it. */
    private transient @Nullable String topicId;

    /**
     * @param client how to reach Kafka
     * @param acceptNewTopic whether to forget what the checkpoint says, and go on with the topic as
     *     it is
     */
    public CheckPositions(String topic, Properties client, boolean acceptNewTopic) {
        this.topic = topic;
        this.client = client;
        this.acceptNewTopic = acceptNewTopic;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        nextState = context.getOperatorStateStore().getUnionListState(NEXT_OFFSETS);
        topicState = context.getOperatorStateStore().getUnionListState(TOPIC_ID);
        next = new long[0];
        topicId = null;
        String before = null;
        if (!acceptNewTopic) {
            // Every subtask gets what all have known, and a partition's next offset only rises.
            for (Tuple2<Integer, Long> known : nextState.get()) {
                extendTo(known.f0);
                next[known.f0] = Math.max(next[known.f0], known.f1);
            }
            for (String known : topicState.get()) {
                before = known;
            }
        }
        Counter lost = getRuntimeContext().getMetricGroup().counter(OFFSETS_LOST);
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            try (Admin admin = Admin.create(client)) {
                TopicDescription found =
                        Objects.requireNonNull(
                                admin.describeTopics(List.of(topic))
                                        .allTopicNames()
                                        .get()
                                        .get(topic));
                topicId = found.topicId().toString();
                lost.inc(compare(before, found.partitions().size(), admin));
            }
        }
    }

    /** Returns how many offsets are lost to retention. */
    private long compare(@Nullable String topicBefore, int partitions, Admin admin)
            throws IOException, ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < Math.min(next.length, partitions); partition++) {
            if (next[partition] > 0) {
                asked.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
            }
        }
        Map<TopicPartition, ListOffsetsResultInfo> begins = admin.listOffsets(asked).all().get();
        asked.replaceAll((partition, spec) -> OffsetSpec.latest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(asked).all().get();
        boolean isNew = topicBefore != null && !topicBefore.equals(topicId);
        List<String> wrong = new ArrayList<>();
        long lost = 0;
        for (int partition = 0; partition < next.length; partition++) {
            TopicPartition asKafkaHasIt = new TopicPartition(topic, partition);
            if (!begins.containsKey(asKafkaHasIt)) {
                continue;
            }
            long begin = begins.get(asKafkaHasIt).offset();
            long end = Objects.requireNonNull(ends.get(asKafkaHasIt)).offset();
            if (isNew || next[partition] > end) {
                wrong.add(
                        "partition %d goes on at offset %d, and the log has %d to %d"
                                .formatted(partition, next[partition], begin, end));
            } else if (next[partition] < begin) {
                lost += begin - next[partition];
                LOG.warn(
                        "The offsets {} to {} of partition {} of {} are lost: the topic does not keep them any more",
                        next[partition],
                        begin - 1,
                        partition,
                        topic);
            }
        }
        if (isNew || !wrong.isEmpty()) {
            throw new IOException(
                    "--topic: %s is not %s%s; %s"
                            .formatted(
                                    topic,
                                    isNew
                                            ? "the topic that the checkpoint was made from, but a new one of that name"
                                            : "as long as it was when the checkpoint was made",
                                    wrong.isEmpty() ? "" : ": " + String.join("; ", wrong),
                                    REMEDY));
        }
        return lost;
    }

    private void extendTo(int partition) {
        if (partition >= next.length) {
            next = Arrays.copyOf(next, partition + 1);
        }
    }

    @Override
    public boolean filter(T value) throws IOException {
        int partition = value.partition();
        extendTo(partition);
        if (value.offset() < next[partition]) {
            throw new IOException(
                    "--topic: partition %d of %s went back to offset %d after %d was read; %s"
                            .formatted(
                                    partition, topic, value.offset(), next[partition] - 1, REMEDY));
        }
        next[partition] = value.offset() + 1;
        return true;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        nextState.clear();
        for (int partition = 0; partition < next.length; partition++) {
            if (next[partition] > 0) {
                nextState.add(Tuple2.of(partition, next[partition]));
            }
        }
        topicState.update(topicId == null ? List.of() : List.of(topicId));
    }
}
