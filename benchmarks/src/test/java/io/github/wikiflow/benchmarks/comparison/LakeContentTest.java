package io.github.wikiflow.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.TopicModel;
import io.github.wikiflow.sandbox.generator.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The digest of a lake says whether two hold the same rows. */
class LakeContentTest {

    private final List<Map<String, Object>> rows = new ArrayList<>();

    LakeContentTest() {
        TopicModel topic = new TopicModel(2);
        for (GeneratedEvent event : new EventLog(Workload.clean()).events(0, 500)) {
            rows.add(LakeRow.columns(topic.land(event), "changes"));
        }
    }

    @Test
    void doesNotDependOnTheOrder() {
        LakeContent content = content();
        Collections.reverse(rows);

        assertThat(content()).isEqualTo(content);
    }

    @Test
    void seesARowTwiceInPlaceOfAnother() {
        LakeContent content = content();
        rows.set(0, rows.get(1));

        assertThat(content()).isNotEqualTo(content);
        assertThat(content().rows()).isEqualTo(content.rows());
    }

    @Test
    void seesASingleValue() {
        LakeContent content = content();
        Map<String, Object> changed = new TreeMap<>(rows.get(7));
        changed.put("comment", changed.get("comment") + " ");
        rows.set(7, changed);

        assertThat(content()).isNotEqualTo(content);
    }

    private LakeContent content() {
        LakeContent content = LakeContent.EMPTY;
        for (Map<String, Object> row : rows) {
            content = content.plus(row);
        }
        return content;
    }
}
