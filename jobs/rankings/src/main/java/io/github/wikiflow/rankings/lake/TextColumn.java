package io.github.wikiflow.rankings.lake;

import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * A nullable column of texts. Where the file has a dictionary of them, each text is made once and
 * shared by its rows.
 */
final class TextColumn {

    private final ColumnReader column;
    private final Converter converter;
    private final int presentLevel;

    /**
     * @param converter the one that the column was opened with
     */
    TextColumn(ColumnReader column, Converter converter) {
        this.column = column;
        this.converter = converter;
        presentLevel = column.getDescriptor().getMaxDefinitionLevel();
    }

    /** The next row's text, or null if it has none. */
    String next() {
        String text = null;
        if (column.getCurrentDefinitionLevel() == presentLevel) {
            column.writeCurrentValueToConverter();
            text = converter.text;
        }
        column.consume();
        return text;
    }

    /** Takes a value from Parquet, either as it is or by its place in the dictionary. */
    static final class Converter extends PrimitiveConverter {
        private String[] dictionary;
        private String text;

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary values) {
            dictionary = new String[values.getMaxId() + 1];
            for (int id = 0; id < dictionary.length; id++) {
                dictionary[id] = values.decodeToBinary(id).toStringUsingUTF8();
            }
        }

        @Override
        public void addValueFromDictionary(int id) {
            text = dictionary[id];
        }

        @Override
        public void addBinary(Binary value) {
            text = value.toStringUsingUTF8();
        }
    }
}
