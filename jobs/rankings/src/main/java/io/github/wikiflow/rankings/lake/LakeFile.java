package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.Utf8;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.ReadOptionsWithoutHadoop;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A Parquet file of the lake, read row by row. Of its columns only those are read that a ranking
 * needs; an older file may lack some of them, whose values are then null.
 *
 * <p>Like the archive it uses the layers of Parquet that need no Hadoop: the lake's columns are
 * flat, so there are no records to assemble.
 *
 * <p>Not thread-safe.
 */
final class LakeFile implements Closeable {

    private static final String PARTITION = "event_partition";
    private static final String OFFSET = "event_offset";
    private static final String RECORD_TIME = "event_timestamp";
    private static final String TIME = "change_timestamp";
    private static final String TYPE = "type";
    private static final String WIKI = "wiki";
    private static final String TITLE = "title";
    private static final String USER = "user";
    private static final String BOT = "bot";
    private static final List<String> REQUIRED = List.of(PARTITION, OFFSET, RECORD_TIME, TIME);
    private static final List<String> NULLABLE = List.of(TYPE, WIKI, TITLE, USER, BOT);

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private static final ParquetReadOptions OPTIONS =
            ReadOptionsWithoutHadoop.of(new PageDecompression.Factory());

    private final Path path;
    private final long fileTime;
    private final ParquetFileReader reader;
    private final MessageType columns;

    private Columns rowGroup;
    private long rowsLeft;

    /**
     * Opens the file.
     *
     * @param length of the file, in bytes
     * @param fileTime when it was last modified, in epoch milliseconds
     * @throws IOException if it cannot be read or is no file of a lake
     */
    LakeFile(Path path, long length, long fileTime) throws IOException {
        this.path = path;
        this.fileTime = fileTime;
        reader = open(new FlinkInputFile(path, length));
        try {
            columns = columns(reader.getFileMetaData().getSchema());
        } catch (IOException e) {
            reader.close();
            throw e;
        }
        reader.setRequestedSchema(columns);
    }

    private static ParquetFileReader open(FlinkInputFile file) throws IOException {
        try {
            return ParquetFileReader.open(file, OPTIONS);
        } catch (RuntimeException e) {
            throw new IOException("%s is no Parquet file".formatted(file), e);
        }
    }

    private MessageType columns(MessageType schema) throws IOException {
        List<Type> found = new ArrayList<>();
        for (String name : REQUIRED) {
            if (!schema.containsField(name)) {
                throw new IOException("%s has no column %s".formatted(path, name));
            }
            found.add(schema.getType(name));
        }
        for (String name : NULLABLE) {
            if (schema.containsField(name)) {
                found.add(schema.getType(name));
            }
        }
        return new MessageType(schema.getName(), found);
    }

    /** The next row, or null after the last. */
    LakeChange next() throws IOException {
        try {
            return readNext();
        } catch (RuntimeException e) {
            throw new IOException("%s is damaged".formatted(path), e);
        }
    }

    private LakeChange readNext() throws IOException {
        while (rowsLeft == 0) {
            PageReadStore pages = reader.readNextRowGroup();
            if (pages == null) {
                return null;
            }
            rowGroup = new Columns(pages);
            rowsLeft = pages.getRowCount();
        }
        rowsLeft--;
        return rowGroup.next();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** The columns of a row group, all at the same row. */
    private final class Columns {
        private final ColumnReader partition;
        private final ColumnReader offset;
        private final ColumnReader recordTime;
        private final ColumnReader time;
        private final TextColumn type;
        private final TextColumn wiki;
        private final TextColumn title;
        private final TextColumn user;
        private final ColumnReader bot;

        private Columns(PageReadStore pages) {
            Converters converters = new Converters(columns);
            ColumnReadStore store =
                    new ColumnReadStoreImpl(
                            pages, converters, columns, reader.getFileMetaData().getCreatedBy());
            partition = column(PARTITION, store);
            offset = column(OFFSET, store);
            recordTime = column(RECORD_TIME, store);
            time = column(TIME, store);
            type = text(TYPE, store, converters);
            wiki = text(WIKI, store, converters);
            title = text(TITLE, store, converters);
            user = text(USER, store, converters);
            bot = column(BOT, store);
        }

        private ColumnReader column(String name, ColumnReadStore store) {
            return columns.containsField(name)
                    ? store.getColumnReader(columns.getColumnDescription(new String[] {name}))
                    : null;
        }

        private TextColumn text(String name, ColumnReadStore store, Converters converters) {
            ColumnReader column = column(name, store);
            return column == null
                    ? null
                    : new TextColumn(
                            column,
                            (TextColumn.Converter)
                                    converters.getConverter(columns.getFieldIndex(name)));
        }

        private LakeChange next() {
            return new LakeChange(
                    nextInteger(partition),
                    nextLong(offset),
                    nextLong(recordTime) / MICROS_PER_MILLI,
                    fileTime,
                    new ChangeSummary(
                            nextLong(time) / MICROS_PER_SECOND,
                            nextText(type),
                            nextText(wiki),
                            nextText(title),
                            nextText(user),
                            nextFlag(bot)));
        }

        private static int nextInteger(ColumnReader column) {
            int value = column.getInteger();
            column.consume();
            return value;
        }

        private static long nextLong(ColumnReader column) {
            long value = column.getLong();
            column.consume();
            return value;
        }

        private static Utf8 nextText(TextColumn column) {
            return column == null ? null : column.next();
        }

        private static boolean nextFlag(ColumnReader column) {
            if (column == null) {
                return false;
            }
            boolean isNull =
                    column.getCurrentDefinitionLevel()
                            < column.getDescriptor().getMaxDefinitionLevel();
            boolean value = !isNull && column.getBoolean();
            column.consume();
            return value;
        }
    }

    /** Where Parquet puts the values that are not fetched from their columns: the texts. */
    private static final class Converters extends GroupConverter {
        private final PrimitiveConverter[] byColumn;

        private Converters(MessageType columns) {
            byColumn = new PrimitiveConverter[columns.getFieldCount()];
            for (int column = 0; column < byColumn.length; column++) {
                byColumn[column] =
                        isText(columns.getType(column))
                                ? new TextColumn.Converter()
                                : new PrimitiveConverter() {};
            }
        }

        private static boolean isText(Type type) {
            return type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
        }

        @Override
        public PrimitiveConverter getConverter(int column) {
            return byColumn[column];
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
