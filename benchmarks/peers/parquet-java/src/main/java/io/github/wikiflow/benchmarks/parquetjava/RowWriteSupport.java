package io.github.wikiflow.benchmarks.parquetjava;

import io.github.wikiflow.events.change.WikiChange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/** Writes a row column by column, in the order of {@code change.schema}. */
final class RowWriteSupport extends WriteSupport<Row> {

    private static final MessageType SCHEMA = schema();

    private RecordConsumer consumer;
    private int column;

    // The method that replaces it is not the abstract one.
    @SuppressWarnings("deprecation")
    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(SCHEMA, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(Row row) {
        WikiChange change = row.change();
        column = 0;
        consumer.startMessage();
        binary(row.record().key());
        text(row.record().topic());
        number(row.record().timestamp() * 1_000);
        text(change.schema());
        bool(change.bot());
        text(change.comment());
        text(change.id());
        number(change.length().newValue());
        number(change.length().oldValue());
        bool(change.minor());
        integer(change.namespace());
        text(change.parsedComment());
        bool(change.patrolled());
        number(change.revision().newValue());
        number(change.revision().oldValue());
        text(change.serverScriptPath());
        text(change.serverUrl());
        number(change.timestamp() * 1_000_000);
        text(change.title());
        text(change.type());
        text(change.user());
        text(change.wiki());
        text(change.meta().domain());
        number(Instant.parse(change.meta().dt()).getEpochSecond() * 1_000_000);
        text(change.meta().id());
        number(change.meta().offset());
        integer(change.meta().partition());
        text(change.meta().requestId());
        text(change.meta().stream());
        text(change.meta().topic());
        text(change.meta().uri());
        text(change.titleUrl());
        text(change.notifyUrl());
        number(change.log().id());
        text(change.log().type());
        text(change.log().action());
        text(change.log().actionComment());
        text(change.log().params());
        integer(row.record().partition());
        number(row.record().offset());
        consumer.endMessage();
    }

    private void text(@Nullable String value) {
        binary(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private void binary(byte @Nullable [] value) {
        if (value != null) {
            start();
            consumer.addBinary(Binary.fromConstantByteArray(value));
            end();
        }
        column++;
    }

    private void number(@Nullable Long value) {
        if (value != null) {
            start();
            consumer.addLong(value);
            end();
        }
        column++;
    }

    private void integer(@Nullable Integer value) {
        if (value != null) {
            start();
            consumer.addInteger(value);
            end();
        }
        column++;
    }

    private void bool(@Nullable Boolean value) {
        if (value != null) {
            start();
            consumer.addBoolean(value);
            end();
        }
        column++;
    }

    private void start() {
        consumer.startField(SCHEMA.getFieldName(column), column);
    }

    private void end() {
        consumer.endField(SCHEMA.getFieldName(column), column);
    }

    private static MessageType schema() {
        try (InputStream in = RowWriteSupport.class.getResourceAsStream("change.schema")) {
            return MessageTypeParser.parseMessageType(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
