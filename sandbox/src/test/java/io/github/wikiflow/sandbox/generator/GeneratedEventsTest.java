package io.github.wikiflow.sandbox.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.ChangeSummaryParser;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.events.change.WikiChange;
import io.github.wikiflow.events.change.WikiChange.Log;
import io.github.wikiflow.events.change.WikiChange.Meta;
import io.github.wikiflow.events.change.WikiChange.OldAndNew;
import io.github.wikiflow.events.change.WikiChangeParser;
import io.github.wikiflow.sandbox.generator.EventContent.Edit;
import io.github.wikiflow.sandbox.generator.EventContent.LogEntry;
import io.github.wikiflow.sandbox.generator.EventContent.Page;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The product's parsers read from each event what the generator says is in it. */
class GeneratedEventsTest {

    private final WikiChangeParser parser = new WikiChangeParser();
    private final ChangeSummaryParser summaryParser = new ChangeSummaryParser();

    @ParameterizedTest
    @ValueSource(longs = {1, -7})
    void areReadAsTheyWereMade(long seed) throws Exception {
        EventLog log =
                new EventLog(
                        Workload.hostile().toBuilder()
                                .seed(seed)
                                .share(EventKind.NOT_UTF_8, 0.003)
                                .build());
        for (GeneratedEvent event : log.events(0, 10_000)) {
            if (event.kind().isChange()) {
                assertThat(parser.parse(event.json())).as("%s", event).isEqualTo(change(event));
                assertThat(summaryParser.parse(event.json())).isEqualTo(summary(event.content()));
            } else {
                assertThatThrownBy(() -> parser.parse(event.json()))
                        .as("%s", event)
                        .isInstanceOf(MalformedChange.class);
                assertThatThrownBy(() -> summaryParser.parse(event.json()))
                        .isInstanceOf(MalformedChange.class);
            }
        }
    }

    private static ChangeSummary summary(EventContent content) {
        return ChangeSummary.of(
                content.timestamp(),
                content.type(),
                content.page().wiki().name(),
                content.page().title(),
                content.user(),
                content.bot());
    }

    private static WikiChange change(GeneratedEvent event) {
        EventContent content = event.content();
        Page page = content.page();
        Edit edit = content.edit();
        LogEntry log = content.log();
        return new WikiChange(
                "/mediawiki/recentchange/1.0.0",
                new Meta(
                        page.url(),
                        content.meta().requestId(),
                        event.id(),
                        content.meta().dt(),
                        page.wiki().serverName(),
                        "mediawiki.recentchange",
                        event.position().topic(),
                        event.position().partition(),
                        event.position().offset()),
                content.id() == null ? null : content.id().toString(),
                content.type(),
                page.namespace(),
                page.title(),
                page.url(),
                content.comment().text(),
                content.comment().html(),
                content.timestamp(),
                content.user(),
                content.bot(),
                content.notifyUrl(),
                edit == null ? null : edit.minor(),
                edit == null ? null : edit.patrolled(),
                edit == null ? OldAndNew.ABSENT : new OldAndNew(edit.oldLength(), edit.newLength()),
                edit == null
                        ? OldAndNew.ABSENT
                        : new OldAndNew(edit.oldRevision(), edit.newRevision()),
                page.wiki().serverUrl(),
                page.wiki().serverName(),
                "/w",
                page.wiki().name(),
                log == null
                        ? Log.ABSENT
                        : new Log(log.id(), log.type(), log.action(), log.comment(), log.params()),
                null);
    }
}
