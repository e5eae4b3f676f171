package io.github.wikiflow.sandbox.generator;

import java.util.function.Supplier;

/** A workload to start from, by a name that people can give as an option. */
public enum WorkloadPreset {
    /** As {@link Workload#clean()}. */
    CLEAN(Workload::clean),
    /** As {@link Workload#realistic()}. */
    REALISTIC(Workload::realistic),
    /** As {@link Workload#hostile()}. */
    HOSTILE(Workload::hostile);

    private final Supplier<Workload> workload;

    WorkloadPreset(Supplier<Workload> workload) {
        this.workload = workload;
    }

    /** The workload of this name. */
    public Workload workload() {
        return workload.get();
    }
}
