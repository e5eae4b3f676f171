package io.github.wikiflow.benchmarks.micro;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.wikiflow.events.change.ChangeEnvelope;
import io.github.wikiflow.events.change.ChangeEnvelopeParser;
import io.github.wikiflow.events.change.ChangeReader;
import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.ChangeSummaryParser;
import io.github.wikiflow.events.change.ChangeValues;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.events.change.WikiChange;
import io.github.wikiflow.events.change.WikiChangeParser;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.Workload;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parsers beside what one would write first: Jackson's data binding, to a class with the same
 * fields and to maps. One operation is one event.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class ParserBenchmark {

    private final WikiChangeParser full = new WikiChangeParser();
    private final ChangeReader reader = new ChangeReader();
    private final ChangeSummaryParser lean = new ChangeSummaryParser();
    private final ChangeEnvelopeParser envelope = new ChangeEnvelopeParser();
    private final ObjectMapper mapper =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private final ObjectReader binding = mapper.readerFor(BoundChange.class);
    private final ObjectReader maps = mapper.readerFor(Map.class);

    private byte[][] events;
    private int next;

    @Setup
    public void generate() {
        EventLog log = new EventLog(Workload.clean());
        events = new byte[10_000][];
        for (int i = 0; i < events.length; i++) {
            events[i] = log.event(i).json();
        }
    }

    @Benchmark
    public WikiChange wikiChangeParser() throws MalformedChange {
        return full.parse(event());
    }

    @Benchmark
    public ChangeValues changeReader() throws MalformedChange {
        return reader.read(event());
    }

    @Benchmark
    public ChangeSummary changeSummaryParser() throws MalformedChange {
        return lean.parse(event());
    }

    @Benchmark
    public ChangeEnvelope changeEnvelopeParser() throws MalformedChange {
        return envelope.parse(event());
    }

    @Benchmark
    public BoundChange jacksonDataBinding() throws IOException {
        return binding.readValue(event());
    }

    @Benchmark
    public Map<String, Object> jacksonMaps() throws IOException {
        return maps.readValue(event());
    }

    private byte[] event() {
        if (next == events.length) {
            next = 0;
        }
        return events[next++];
    }
}
