package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.Utf8;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** How a change's summary is written, by the serializers of what contains one. */
final class ChangeSummaryForm {

    private ChangeSummaryForm() {}

    static void write(ChangeSummary summary, DataOutputView target) throws IOException {
        VarInts.write(summary.timestamp(), target);
        write(summary.type(), target);
        write(summary.wiki(), target);
        write(summary.title(), target);
        write(summary.user(), target);
        target.writeBoolean(summary.bot());
    }

    private static void write(Utf8 text, DataOutputView target) throws IOException {
        StringValue.writeString(text == null ? null : text.toString(), target);
    }

    static ChangeSummary read(DataInputView source) throws IOException {
        return ChangeSummary.of(
                VarInts.readLong(source),
                StringValue.readString(source),
                StringValue.readString(source),
                StringValue.readString(source),
                StringValue.readString(source),
                source.readBoolean());
    }
}
