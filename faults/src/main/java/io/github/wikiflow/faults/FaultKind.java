package io.github.wikiflow.faults;

import java.util.Locale;

/** What an attack does to the pipeline, besides what is wrong with the events all the time. */
public enum FaultKind {
    /** SIGKILL of the stream's server. */
    KILL_SOURCE,
    /** SIGKILL of the broker. */
    KILL_BROKER,
    /** SIGKILL of the bridge. */
    KILL_BRIDGE,
    /** SIGKILL of the JobManager. */
    KILL_JOB_MANAGER,
    /** SIGKILL of one of the TaskManagers. */
    KILL_TASK_MANAGER,
    /** SIGKILL of the dashboard. */
    KILL_DASHBOARD,
    /** SIGSTOP of the stream's server, longer than the bridge waits. */
    PAUSE_SOURCE,
    /** SIGSTOP of the broker, longer than its session with the controller. */
    PAUSE_BROKER,
    /** SIGSTOP of the bridge. */
    PAUSE_BRIDGE,
    /** SIGSTOP of the JobManager, longer than Flink's heartbeats may stay away. */
    PAUSE_JOB_MANAGER,
    /** SIGSTOP of a TaskManager, longer than its heartbeats may stay away: it comes back undead. */
    PAUSE_TASK_MANAGER,
    /** SIGSTOP of the dashboard. */
    PAUSE_DASHBOARD,
    /** SIGTERM of the broker, which starts again. */
    RESTART_BROKER,
    /** SIGTERM of the bridge, which starts again. */
    RESTART_BRIDGE,
    /** The stream's connection is cut, several times, sometimes within a frame. */
    CUT_CONNECTION,
    /** Lines that are no frames, errors that the stream reports, silence, refused requests. */
    BROKEN_STREAM,
    /** Events of the stream come once more. */
    REPEATED_EVENTS,
    /** A hundred times the usual rate of events. */
    BURST,
    /** No room is left where the lake is. */
    FULL_DISK,
    /** The newest checkpoint of a job is damaged, and then the JobManager dies. */
    DAMAGED_CHECKPOINT,
    /** A job is stopped with a savepoint and goes on from it, with another parallelism. */
    UPGRADE,
    /** The broker is away for longer than the bridge's transactions may stay open. */
    BROKER_OUTAGE,
    /** The stream's log begins anew: its offsets mean other events than before. */
    LOG_BEGUN_ANEW,
    /** The stream's server refuses the bridge's position, several times, as no service should. */
    REFUSED_POSITION,
    /** Somebody starts a second bridge: with the same settings, or on another host. */
    SECOND_BRIDGE,
    /** A process's clock jumps by a year, and some time later back. */
    CLOCK_JUMP,
    /** Strangers write to every topic what does not belong there. */
    ODD_RECORDS;

    /** In reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
