package io.github.wikiflow.lake;

import io.github.wikiflow.events.change.Utf8;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Parquet file of the lake row by row, only the columns that are asked for. An older file
 * may lack some of them, whose values are then null.
 *
 * <p>Like {@link LakeFileWriter} it uses the layers of Parquet that need no Hadoop: the lake's
 * columns are flat, so there are no records to assemble.
 *
 * <p>Not thread-safe.
 */
public final class LakeFileReader implements Closeable {

    /** At a file's end: the length of its footer, in four bytes, and a word that says Parquet. */
    private static final int TAIL_BYTES = 8;

    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private final Path path;
    private final SeekableInputStream stream;
    private final ParquetMetadata footer;
    private final MessageType schema;
    private final List<String> names = new ArrayList<>();
    private final Iterator<BlockMetaData> rowGroups;

    private final ColumnReader[] columns = new ColumnReader[LakeColumn.ALL.size()];
    private final TextColumn[] texts = new TextColumn[LakeColumn.ALL.size()];
    private long rowsLeft;

    /**
     * Opens the file.
     *
     * @param length of the file, in bytes
     * @param wanted the columns whose values can be asked for
     * @throws IOException if the file cannot be read, has not every {@linkplain
     *     LakeColumn#required() required} one of the columns, or one of another type
     */
    public LakeFileReader(Path path, long length, Collection<LakeColumn> wanted)
            throws IOException {
        this.path = path;
        stream = seekable(path.getFileSystem().open(path));
        try {
            footer = readFooter(length);
            schema = project(footer.getFileMetaData().getSchema(), wanted);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
        rowGroups = footer.getBlocks().iterator();
    }

    private ParquetMetadata readFooter(long length) throws IOException {
        try {
            byte[] tail = new byte[TAIL_BYTES];
            stream.seek(Math.max(0, length - TAIL_BYTES));
            stream.readFully(tail);
            ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
            int footerBytes = end.getInt();
            if (!end.equals(ByteBuffer.wrap(MAGIC)) || footerBytes < 0) {
                throw new IOException("it does not end as one");
            }
            byte[] bytes = new byte[(int) Math.min(footerBytes, length)];
            stream.seek(length - TAIL_BYTES - footerBytes);
            stream.readFully(bytes);
            return new ParquetMetadataConverter()
                    .readParquetMetadata(
                            new ByteArrayInputStream(bytes), ParquetMetadataConverter.NO_FILTER);
        } catch (IOException | RuntimeException e) {
            throw new IOException("%s is no Parquet file".formatted(path), e);
        }
    }

    private static SeekableInputStream seekable(FSDataInputStream stream) {
        return new DelegatingSeekableInputStream(stream) {
            @Override
            public long getPos() throws IOException {
                return stream.getPos();
            }

            @Override
            public void seek(long position) throws IOException {
                stream.seek(position);
            }
        };
    }

    private MessageType project(MessageType file, Collection<LakeColumn> wanted)
            throws IOException {
        List<Type> found = new ArrayList<>();
        for (LakeColumn column : wanted) {
            String name = column.columnName();
            if (file.containsField(name)) {
                Type type = file.getType(name);
                if (!type.isPrimitive() || !column.canRead(type.asPrimitiveType())) {
                    throw new IOException(
                            "%s has the column %s as '%s' and not as '%s'"
                                    .formatted(path, name, type, column.parquetType()));
                }
                found.add(type);
                names.add(name);
            } else if (column.required()) {
                throw new IOException("%s has no column %s".formatted(path, name));
            }
        }
        return new MessageType(file.getName(), found);
    }

    /** How many rows the file has, read or not. */
    public long rows() {
        return footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    }

    /**
     * Goes to the next row, or to the first.
     *
     * @return false after the last
     * @throws IOException if the file is damaged
     */
    public boolean next() throws IOException {
        try {
            if (rowsLeft > 0) {
                rowsLeft--;
                for (ColumnReader column : columns) {
                    if (column != null) {
                        column.consume();
                    }
                }
            }
            while (rowsLeft == 0) {
                if (!rowGroups.hasNext()) {
                    return false;
                }
                open(rowGroups.next());
            }
            return true;
        } catch (IOException | RuntimeException e) {
            throw new IOException("%s is damaged".formatted(path), e);
        }
    }

    private void open(BlockMetaData block) throws IOException {
        Converters converters = new Converters(schema);
        ColumnReadStore store =
                new ColumnReadStoreImpl(
                        RowGroup.read(stream, block, names),
                        converters,
                        schema,
                        footer.getFileMetaData().getCreatedBy());
        for (LakeColumn column : LakeColumn.ALL) {
            String name = column.columnName();
            if (schema.containsField(name)) {
                ColumnReader reader =
                        store.getColumnReader(schema.getColumnDescription(new String[] {name}));
                columns[column.ordinal()] = reader;
                if (column.kind() == LakeColumn.Kind.TEXT) {
                    texts[column.ordinal()] =
                            new TextColumn(
                                    reader,
                                    (TextColumn.Converter)
                                            converters.getConverter(schema.getFieldIndex(name)));
                }
            }
        }
        rowsLeft = block.getRowCount();
    }

    /** Whether the row has no value in a column. */
    public boolean isNull(LakeColumn column) {
        ColumnReader reader = columns[column.ordinal()];
        return reader == null
                || reader.getCurrentDefinitionLevel()
                        < reader.getDescriptor().getMaxDefinitionLevel();
    }

    /** The row's value of 32 bits in a column, where it has one. */
    public int integer(LakeColumn column) {
        return columns[column.ordinal()].getInteger();
    }

    /** The row's value of 64 bits in a column, where it has one; a time in microseconds. */
    public long number(LakeColumn column) {
        return columns[column.ordinal()].getLong();
    }

    /** The row's flag in a column; false where it has none. */
    public boolean flag(LakeColumn column) {
        return !isNull(column) && columns[column.ordinal()].getBoolean();
    }

    /** The row's text in a column; null where it has none. */
    public @Nullable Utf8 text(LakeColumn column) {
        return isNull(column) ? null : texts[column.ordinal()].value();
    }

    @Override
    public void close() throws IOException {
        stream.close();
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
            return type.asPrimitiveType().getPrimitiveTypeName()
                    == PrimitiveType.PrimitiveTypeName.BINARY;
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
