package io.github.wikiflow.lake;

import io.github.wikiflow.events.change.Utf8;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * A column of texts. Where the file has a dictionary of them, each text is made once and shared by
 * its rows.
 */
final class TextColumn {

    private final ColumnReader column;
    private final Converter converter;

    /**
     * @param converter the one that the column was opened with
     */
    TextColumn(ColumnReader column, Converter converter) {
        this.column = column;
        this.converter = converter;
    }

    /** The text of the row that the column is at, which must have one. */
    Utf8 value() {
        column.writeCurrentValueToConverter();
        return converter.text;
    }

    /** Takes a value from Parquet, either as it is or by its place in the dictionary. */
    static final class Converter extends PrimitiveConverter {
        private Utf8[] dictionary = {};
        private Utf8 text = Utf8.of("");

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary values) {
            dictionary = new Utf8[values.getMaxId() + 1];
            for (int id = 0; id < dictionary.length; id++) {
                dictionary[id] = Utf8.of(values.decodeToBinary(id).getBytes());
            }
        }

        @Override
        public void addValueFromDictionary(int id) {
            text = dictionary[id];
        }

        @Override
        public void addBinary(Binary value) {
            text = Utf8.of(value.getBytes());
        }
    }
}
