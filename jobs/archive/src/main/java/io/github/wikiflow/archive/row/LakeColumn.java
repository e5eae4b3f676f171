package io.github.wikiflow.archive.row;

import java.util.List;
import java.util.Locale;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

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
    SCHEMA(Kind.TEXT, Values.REPEATED),
    BOT(Kind.BOOLEAN, Values.REPEATED),
    COMMENT(Kind.TEXT, Values.UNIQUE),
    ID(Kind.TEXT, Values.UNIQUE),
    LENGTH_NEW(Kind.LONG, Values.UNIQUE),
    LENGTH_OLD(Kind.LONG, Values.UNIQUE),
    MINOR(Kind.BOOLEAN, Values.REPEATED),
    NAMESPACE(Kind.INTEGER, Values.REPEATED),
    PARSEDCOMMENT(Kind.TEXT, Values.UNIQUE),
    PATROLLED(Kind.BOOLEAN, Values.REPEATED),
    REVISION_NEW(Kind.LONG, Values.UNIQUE),
    REVISION_OLD(Kind.LONG, Values.UNIQUE),
    SERVER_SCRIPT_PATH(Kind.TEXT, Values.REPEATED),
    SERVER_URL(Kind.TEXT, Values.REPEATED),
    CHANGE_TIMESTAMP(Kind.TIMESTAMP, Values.UNIQUE, Presence.REQUIRED),
    TITLE(Kind.TEXT, Values.UNIQUE),
    TYPE(Kind.TEXT, Values.REPEATED),
    USER(Kind.TEXT, Values.REPEATED),
    WIKI(Kind.TEXT, Values.REPEATED),
    META_DOMAIN(Kind.TEXT, Values.REPEATED),
    META_DT(Kind.TIMESTAMP, Values.UNIQUE),
    META_ID(Kind.TEXT, Values.UNIQUE),
    META_OFFSET(Kind.LONG, Values.UNIQUE),
    META_PARTITION(Kind.INTEGER, Values.REPEATED),
    META_REQUEST_ID(Kind.TEXT, Values.UNIQUE),
    META_STREAM(Kind.TEXT, Values.REPEATED),
    META_TOPIC(Kind.TEXT, Values.REPEATED),
    META_URI(Kind.TEXT, Values.UNIQUE),
    TITLE_URL(Kind.TEXT, Values.UNIQUE),
    NOTIFY_URL(Kind.TEXT, Values.UNIQUE),
    LOG_ID(Kind.LONG, Values.UNIQUE),
    LOG_TYPE(Kind.TEXT, Values.REPEATED),
    LOG_ACTION(Kind.TEXT, Values.REPEATED),
    LOG_ACTION_COMMENT(Kind.TEXT, Values.UNIQUE),
    LOG_PARAMS(Kind.TEXT, Values.UNIQUE),
    EVENT_PARTITION(Kind.INTEGER, Values.REPEATED, Presence.REQUIRED),
    EVENT_OFFSET(Kind.LONG, Values.UNIQUE, Presence.REQUIRED);

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
        private final LogicalTypeAnnotation logical;

        Kind(PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
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

    LakeColumn(Kind kind, Values values) {
        this(kind, values, Presence.NULLABLE);
    }

    LakeColumn(Kind kind, Values values, Presence presence) {
        this.columnName = name().toLowerCase(Locale.ROOT);
        this.kind = kind;
        this.values = values;
        this.presence = presence;
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
     * Whether a file says what the column's least and greatest value are; for texts of which each
     * row has another one, that would help no query.
     */
    public boolean hasStatistics() {
        return values == Values.REPEATED || kind != Kind.TEXT;
    }

    /** Whether every row has a value. */
    public boolean required() {
        return presence == Presence.REQUIRED;
    }

    /** The Parquet schema of every file in the lake. */
    public static MessageType schema() {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (LakeColumn column : ALL) {
            message.addField(column.parquetType());
        }
        return message.named("change");
    }

    private PrimitiveType parquetType() {
        Types.PrimitiveBuilder<PrimitiveType> builder =
                Types.primitive(
                        kind.physical, required() ? Repetition.REQUIRED : Repetition.OPTIONAL);
        return (kind.logical == null ? builder : builder.as(kind.logical)).named(columnName());
    }
}
