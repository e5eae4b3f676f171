package io.github.wikiflow.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose lake it is: the runs of the archive that made it, each with the checkpoint of the one
 * before from which it went on. A run is one start of the job, however often it restarts by itself.
 *
 * <p>What is in the lake follows from it: of the last run everything that it has committed, of each
 * other run what was before the checkpoint from which the next one went on. What a run writes
 * between two checkpoints is an <em>epoch</em>, which has the number of the first of the two.
 *
 * @param version counts the heads of a lake, from 0, which stands for none
 * @param runs the oldest first; empty if the version is 0
 */
public record LakeHead(long version, List<Run> runs) {

    /** The head of a lake that no run has written to. */
    public static final LakeHead NONE = new LakeHead(0, List.of());

    /**
     * A run of the archive.
     *
     * @param id random, without spaces
     * @param from the checkpoint of the run before it from which it went on; 0 for none
     * @param since the version of the head that it came with, which no other run has
     */
    public record Run(String id, long from, long since) {}

    public LakeHead {
        runs = List.copyOf(runs);
    }

    /** Whether there is none. */
    public boolean isNone() {
        return runs.isEmpty();
    }

    /** The run that may write to the lake; there must be one. */
    public String owner() {
        return runs.get(runs.size() - 1).id();
    }

    /**
     * The checkpoint of a run from which the lake went on with another run: the epochs from there
     * on are not part of the lake.
     *
     * @return 0 for a run that the lake never had, {@link Long#MAX_VALUE} for its owner
     */
    public long end(String run) {
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).id().equals(run)) {
                return i + 1 < runs.size() ? runs.get(i + 1).from() : Long.MAX_VALUE;
            }
        }
        return 0;
    }

    /** Whether an epoch of a run is part of the lake, if it was committed. */
    public boolean has(String run, long epoch) {
        return epoch < end(run);
    }

    /**
     * The head after a run has gone on from a checkpoint of another that this head has; what is
     * after that checkpoint is then no longer part of the lake.
     */
    public LakeHead goOn(String before, long checkpoint, String run) {
        List<Run> next = new ArrayList<>();
        for (Run each : runs) {
            next.add(each);
            if (each.id().equals(before)) {
                next.add(new Run(run, checkpoint, version + 1));
                return new LakeHead(version + 1, next);
            }
        }
        throw new IllegalArgumentException("%s is no run of %s".formatted(before, this));
    }

    /** The head after a run has begun with an empty lake. */
    public LakeHead begin(String run) {
        return new LakeHead(version + 1, List.of(new Run(run, 0, version + 1)));
    }

    /** A line for each run. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Run run : runs) {
            text.append("%s %d %d\n".formatted(run.id(), run.from(), run.since()));
        }
        return text.append("end\n").toString();
    }

    static LakeHead parse(long version, String text) throws IOException {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2 || !lines.get(lines.size() - 1).equals("end")) {
            throw new IOException("the head has no end");
        }
        List<Run> runs = new ArrayList<>();
        for (String line : lines.subList(0, lines.size() - 1)) {
            String[] run = line.split(" ");
            // A lake that was begun before runs had numbers has them in order at least.
            long since = run.length > 2 ? Long.parseLong(run[2]) : runs.size() + 1;
            runs.add(new Run(run[0], Long.parseLong(run[1]), since));
        }
        return new LakeHead(version, runs);
    }
}
