package io.github.wikiflow.quickstart;

import io.github.wikiflow.dashboard.Dashboard;
import io.github.wikiflow.dashboard.status.Health;
import io.github.wikiflow.dashboard.status.JobStatus;
import java.util.ArrayList;
import java.util.List;

/** What a person should know about a running pipeline that does not do well. */
final class Problems {

    private static final int SHOWN = 400;

    private final Dashboard dashboard;
    private final DataFolder data;

    Problems(Dashboard dashboard, DataFolder data) {
        this.dashboard = dashboard;
        this.data = data;
    }

    /** A line for each; none if all is well. */
    List<String> now() {
        List<String> lines = new ArrayList<>();
        if (data.isShortOfSpace()) {
            lines.add(
                    "only %d MB are free for '%s'; when the disk is full Kafka ends this process"
                            .formatted(data.freeMegabytes(), data.root()));
        }
        dashboard
                .status()
                .ifPresent(
                        status -> {
                            for (JobStatus job : status.jobs()) {
                                if (job.health() == Health.UNHEALTHY
                                        && !job.word().equals("starting")) {
                                    lines.add(line(job));
                                }
                            }
                        });
        return lines;
    }

    static String line(JobStatus job) {
        return "%s is %s. %s"
                .formatted(job.name(), job.word(), Heartbeat.printable(job.detail(), SHOWN));
    }
}
