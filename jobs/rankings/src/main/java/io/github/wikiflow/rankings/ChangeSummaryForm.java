package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.ChangeSummary;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** How a change's summary is written, by the serializers of what contains one. */
final class ChangeSummaryForm {

    private ChangeSummaryForm() {}

    static void write(ChangeSummary summary, DataOutputView target) throws IOException {
        VarInts.write(summary.timestamp(), target);
        StringValue.writeString(summary.type(), target);
        StringValue.writeString(summary.wiki(), target);
        StringValue.writeString(summary.title(), target);
        StringValue.writeString(summary.user(), target);
        target.writeBoolean(summary.bot());
    }

    static ChangeSummary read(DataInputView source) throws IOException {
        return new ChangeSummary(
                VarInts.readLong(source),
                StringValue.readString(source),
                StringValue.readString(source),
                StringValue.readString(source),
                StringValue.readString(source),
                source.readBoolean());
    }
}
