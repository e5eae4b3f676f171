package io.github.wikiflow.lake;

import io.github.wikiflow.events.change.ChangeField;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the lake in their order: the one place that says what a row holds. New columns are
 * only ever added at the end, nullable, so that files and savepoints of older releases stay
 * readable.
 *
 * <p>The two partition columns, {@code change_timestamp_date} and {@code server_name}, are in the
 * path only; see {@link LakePartition}.
 */
public enum LakeColumn {
    EVENT_KEY(Kind.TEXT, Values.UNIQUE),
    EVENT_TOPIC(Kind.TEXT, Values.REPEATED, Presence.REQUIRED),
    EVENT_TIMESTAMP(Kind.TIMESTAMP, Values.UNIQUE, Presence.REQUIRED),
    SCHEMA(Kind.TEXT, Values.REPEATED, ChangeField.SCHEMA),
    BOT(Kind.BOOLEAN, Values.REPEATED, ChangeField.BOT),
    COMMENT(Kind.TEXT, Values.UNIQUE, ChangeField.COMMENT),
    ID(Kind.TEXT, Values.UNIQUE, ChangeField.ID),
    LENGTH_NEW(Kind.LONG, Values.UNIQUE, ChangeField.LENGTH_NEW),
    LENGTH_OLD(Kind.LONG, Values.UNIQUE, ChangeField.LENGTH_OLD),
    MINOR(Kind.BOOLEAN, Values.REPEATED, ChangeField.MINOR),
    NAMESPACE(Kind.INTEGER, Values.REPEATED, ChangeField.NAMESPACE),
    PARSEDCOMMENT(Kind.TEXT, Values.UNIQUE, ChangeField.PARSED_COMMENT),
    PATROLLED(Kind.BOOLEAN, Values.REPEATED, ChangeField.PATROLLED),
    REVISION_NEW(Kind.LONG, Values.UNIQUE, ChangeField.REVISION_NEW),
    REVISION_OLD(Kind.LONG, Values.UNIQUE, ChangeField.REVISION_OLD),
    SERVER_SCRIPT_PATH(Kind.TEXT, Values.REPEATED, ChangeField.SERVER_SCRIPT_PATH),
    SERVER_URL(Kind.TEXT, Values.REPEATED, ChangeField.SERVER_URL),
    CHANGE_TIMESTAMP(Kind.TIMESTAMP, Values.UNIQUE, Presence.REQUIRED),
    TITLE(Kind.TEXT, Values.UNIQUE, ChangeField.TITLE),
    TYPE(Kind.TEXT, Values.REPEATED, ChangeField.TYPE),
    USER(Kind.TEXT, Values.REPEATED, ChangeField.USER),
    WIKI(Kind.TEXT, Values.REPEATED, ChangeField.WIKI),
    META_DOMAIN(Kind.TEXT, Values.REPEATED, ChangeField.META_DOMAIN),
    META_DT(Kind.TIMESTAMP, Values.UNIQUE, ChangeField.META_DT),
    META_ID(Kind.TEXT, Values.UNIQUE, ChangeField.META_ID),
    META_OFFSET(Kind.LONG, Values.UNIQUE, ChangeField.META_OFFSET),
    META_PARTITION(Kind.INTEGER, Values.REPEATED, ChangeField.META_PARTITION),
    META_REQUEST_ID(Kind.TEXT, Values.UNIQUE, ChangeField.META_REQUEST_ID),
    META_STREAM(Kind.TEXT, Values.REPEATED, ChangeField.META_STREAM),
    META_TOPIC(Kind.TEXT, Values.REPEATED, ChangeField.META_TOPIC),
    META_URI(Kind.TEXT, Values.UNIQUE, ChangeField.META_URI),
    TITLE_URL(Kind.TEXT, Values.UNIQUE, ChangeField.TITLE_URL),
    NOTIFY_URL(Kind.TEXT, Values.UNIQUE, ChangeField.NOTIFY_URL),
    LOG_ID(Kind.LONG, Values.UNIQUE, ChangeField.LOG_ID),
    LOG_TYPE(Kind.TEXT, Values.REPEATED, ChangeField.LOG_TYPE),
    LOG_ACTION(Kind.TEXT, Values.REPEATED, ChangeField.LOG_ACTION),
    LOG_ACTION_COMMENT(Kind.TEXT, Values.UNIQUE, ChangeField.LOG_ACTION_COMMENT),
    LOG_PARAMS(Kind.TEXT, Values.UNIQUE, ChangeField.LOG_PARAMS),
    EVENT_PARTITION(Kind.INTEGER, Values.REPEATED, Presence.REQUIRED),
    EVENT_OFFSET(Kind.LONG, Values.UNIQUE, Presence.REQUIRED),
    OTHER_FIELDS(Kind.TEXT, Values.UNIQUE, ChangeField.OTHER_FIELDS);

    /** What a column's values are. */
    public enum Kind {
        TEXT(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType()),
        BOOLEAN(PrimitiveTypeName.BOOLEAN, null),
        /** 32 bits. */
        INTEGER(PrimitiveTypeName.INT32, null),
        /** 64 bits. */
        LONG(PrimitiveTypeName.INT64, null),
        /** Microseconds since 1970-01-01T00:00:00Z. */
        TIMESTAMP(
                PrimitiveTypeName.INT64,
                LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));

        private final PrimitiveTypeName physical;
        private final @Nullable LogicalTypeAnnotation logical;

        Kind(PrimitiveTypeName physical, @Nullable LogicalTypeAnnotation logical) {
            this.physical = physical;
            this.logical = logical;
        }
    }

    private enum Values {
        /** Few different ones in a file: a dictionary pays. */
        REPEATED,
        /** Nearly every row has another one: looking each up in a dictionary would be in vain. */
        UNIQUE
    }

    private enum Presence {
        REQUIRED,
        NULLABLE
    }

    /** The columns in order. */
    public static final List<LakeColumn> ALL = List.of(values());

    private final String columnName;
    private final Kind kind;
    private final Values values;
    private final Presence presence;
    private final @Nullable ChangeField field;

    LakeColumn(Kind kind, Values values) {
        this(kind, values, Presence.NULLABLE, null);
    }

    LakeColumn(Kind kind, Values values, Presence presence) {
        this(kind, values, presence, null);
    }

    LakeColumn(Kind kind, Values values, ChangeField field) {
        this(kind, values, Presence.NULLABLE, field);
    }

    LakeColumn(Kind kind, Values values, Presence presence, @Nullable ChangeField field) {
        this.columnName = name().toLowerCase(Locale.ROOT);
        this.kind = kind;
        this.values = values;
        this.presence = presence;
        this.field = field;
    }

    /** The name in the files: lower case with underscores. */
    public String columnName() {
        return columnName;
    }

    /** What the column's values are. */
    public Kind kind() {
        return kind;
    }

    /** Whether a file has a dictionary of the column's values. */
    public boolean hasDictionary() {
        return values == Values.REPEATED;
    }

    /**
     * Whether a file says what the column's least and greatest value are: not for texts, of which a
     * file of one server has a single one or a wide range, so that it would help no query. The wiki
     * is worth it: it is how a server is called in most queries.
     */
    public boolean hasStatistics() {
        return kind != Kind.TEXT || this == WIKI;
    }

    /** Whether every row has a value. */
    public boolean required() {
        return presence == Presence.REQUIRED;
    }

    /** The event's field that the column holds; null for what else is known of an event. */
    public @Nullable ChangeField field() {
        return field;
    }

    /** The Parquet schema of every file in the lake. */
    public static MessageType schema() {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (LakeColumn column : ALL) {
            message.addField(column.parquetType());
        }
        return message.named("change");
    }

    /** The column's type in the files that are written. */
    PrimitiveType parquetType() {
        Types.PrimitiveBuilder<PrimitiveType> builder =
                Types.primitive(
                        kind.physical, required() ? Repetition.REQUIRED : Repetition.OPTIONAL);
        return (kind.logical == null ? builder : builder.as(kind.logical)).named(columnName());
    }

    /**
     * Whether a column of a file can be read as this one: it has the same bits, and if these are a
     * time, the same unit.
     */
    boolean canRead(PrimitiveType type) {
        return type.getPrimitiveTypeName() == kind.physical
                && (kind != Kind.TIMESTAMP
                        || Objects.equals(kind.logical, type.getLogicalTypeAnnotation()));
    }
}
