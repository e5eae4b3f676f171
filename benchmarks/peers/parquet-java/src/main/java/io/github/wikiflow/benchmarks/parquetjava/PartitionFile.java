package io.github.wikiflow.benchmarks.parquetjava;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;

/** Builds Parquet's writer of rows for one file. */
final class PartitionFile extends ParquetWriter.Builder<Row, PartitionFile> {

    PartitionFile(OutputFile file) {
        super(file);
    }

    @Override
    protected PartitionFile self() {
        return this;
    }

    // The method that replaces it is not the abstract one.
    @SuppressWarnings("deprecation")
    @Override
    protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
        return new RowWriteSupport();
    }
}
