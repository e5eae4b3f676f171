package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.ChangeSummaryParser;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.time.EventTime;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Generated changes as the source of the rankings job emits them. */
final class SampleChanges {

    /** The job's defaults. */
    static final EventTime EVENT_TIME =
            new EventTime(Duration.ofMinutes(10), Duration.ofSeconds(20), Duration.ofMinutes(10));

    private static final int NUMBER = 10_000;

    private SampleChanges() {}

    static List<Change> list() {
        ChangeSummaryParser parser = new ChangeSummaryParser();
        List<Change> changes = new ArrayList<>(NUMBER);
        for (GeneratedEvent event : new EventLog(Workload.clean()).events(0, NUMBER)) {
            try {
                changes.add(
                        Change.of(
                                new RawChange(
                                        event.key(),
                                        event.json(),
                                        0,
                                        event.index(),
                                        event.recordTime()),
                                parser.parse(event.json())));
            } catch (MalformedChange e) {
                throw new IllegalStateException("a clean log has only changes", e);
            }
        }
        return changes;
    }
}
