package io.github.wikiflow.sandbox.generator;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the generated log of events is like. Equal workloads make equal logs, byte for byte.
 *
 * @param seed chooses one of many logs of the same character
 * @param start source time of the first event
 * @param eventsPerSecond density in event time; the live stream has 30 to 55, at peaks 140
 * @param switchAt when codfw becomes the active data centre instead of eqiad, to the next thousand
 *     events; null for never
 * @param users how many different users there can be, at most 16,777,216
 * @param userSkew exponent of the Zipf-Mandelbrot law that users follow; 0 makes all equally busy;
 *     not 1
 * @param wikis how many different wikis there can be
 * @param pages how many different pages each wiki has
 * @param botShare share of changes made by bot accounts
 * @param temporaryAccountShare share of temporary accounts among the less busy users
 * @param addressShare share of IP addresses among the less busy users
 * @param hostileUserShare share of users whose names are markup, quotes and the like
 * @param redactedShare share of changes whose user the server has deleted
 * @param lateBy {@link EventKind#LATE} events are behind by this to twice this, stragglers by 25 s
 *     to a third of this; with the product's defaults 25 min are late for certain
 * @param kindShares share of each special kind in all events; what is left is {@link
 *     EventKind#NORMAL}; exact over a thousand events or more, not only on average
 */
public record Workload(
        long seed,
        Instant start,
        double eventsPerSecond,
        @Nullable Instant switchAt,
        int users,
        double userSkew,
        int wikis,
        int pages,
        double botShare,
        double temporaryAccountShare,
        double addressShare,
        double hostileUserShare,
        double redactedShare,
        Duration lateBy,
        Map<EventKind, Double> kindShares) {

    /** Beyond it too few normal events are left to duplicate and to carry the time forward. */
    private static final double GREATEST_SHARE_OF_SPECIAL_KINDS = 0.9;

    /** Beyond it the IPv4 addresses of one private network would not be different. */
    static final int MOST_USERS = 1 << 24;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value that is out of its range
     */
    public Workload {
        require(eventsPerSecond > 0 && eventsPerSecond <= 1e9, "eventsPerSecond", eventsPerSecond);
        require(users > 0 && users <= MOST_USERS, "users", users);
        require(userSkew >= 0 && userSkew <= 10 && userSkew != 1, "userSkew", userSkew);
        require(wikis > 0, "wikis", wikis);
        require(pages > 0, "pages", pages);
        requireShare(botShare, "botShare");
        requireShare(temporaryAccountShare + addressShare, "temporaryAccountShare + addressShare");
        requireShare(hostileUserShare, "hostileUserShare");
        requireShare(redactedShare, "redactedShare");
        require(lateBy.toSeconds() > 0, "lateBy", lateBy);
        require(!kindShares.containsKey(EventKind.NORMAL), "kindShares", kindShares);
        double sum = 0;
        for (Map.Entry<EventKind, Double> share : kindShares.entrySet()) {
            requireShare(share.getValue(), share.getKey().name());
            sum += share.getValue();
        }
        require(sum <= GREATEST_SHARE_OF_SPECIAL_KINDS, "sum of kindShares", sum);
        kindShares = Map.copyOf(kindShares);
    }

    /** Only normal events, by the measures of the real stream. */
    public static Workload clean() {
        return builder().build();
    }

    /** As {@link #clean()}, with as many special events as the real stream shows, which are few. */
    public static Workload realistic() {
        return builder()
                .redactedShare(0.0005)
                .share(EventKind.ANCIENT, 0.0001)
                .share(EventKind.CANARY, 0.0001)
                .share(EventKind.STRAGGLER, 0.0005)
                .build();
    }

    /** Everything that can go wrong, and often. */
    public static Workload hostile() {
        return builder()
                .hostileUserShare(0.25)
                .redactedShare(0.01)
                .share(EventKind.STRAGGLER, 0.01)
                .share(EventKind.LATE, 0.01)
                .share(EventKind.ANCIENT, 0.002)
                .share(EventKind.POISONED, 0.004)
                .share(EventKind.DUPLICATE, 0.01)
                .share(EventKind.CANARY, 0.002)
                .share(EventKind.NOT_JSON, 0.003)
                .share(EventKind.TRUNCATED, 0.003)
                .share(EventKind.NOT_AN_OBJECT, 0.003)
                .share(EventKind.NO_TIMESTAMP, 0.003)
                .share(EventKind.WRONG_TIMESTAMP, 0.003)
                .share(EventKind.NO_META, 0.003)
                .build();
    }

    /** A builder that holds the values of {@link #clean()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that holds this workload's values. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The share of a kind; that of {@link EventKind#NORMAL} is what the others leave. */
    public double share(EventKind kind) {
        if (kind != EventKind.NORMAL) {
            return kindShares.getOrDefault(kind, 0.0);
        }
        double rest = 1;
        for (double share : kindShares.values()) {
            rest -= share;
        }
        return rest;
    }

    private static void requireShare(double value, String name) {
        require(value >= 0 && value <= 1, name, value);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " cannot be " + value);
        }
    }

    /** Collects the values of a workload; not thread-safe. */
    public static final class Builder {
        private long seed = 1;
        private Instant start = Instant.parse("2026-01-01T00:00:00Z");
        private double eventsPerSecond = 40;
        private @Nullable Instant switchAt;
        private int users = 1_000_000;
        private double userSkew = 1.6;
        private int wikis = 300;
        private int pages = 1_000_000;
        private double botShare = 0.4;
        private double temporaryAccountShare = 0.15;
        private double addressShare = 0.05;
        private double hostileUserShare = 0.01;
        private double redactedShare;
        private Duration lateBy = Duration.ofMinutes(25);
        private final Map<EventKind, Double> kindShares = new EnumMap<>(EventKind.class);

        private Builder() {}

        private Builder(Workload workload) {
            seed = workload.seed;
            start = workload.start;
            eventsPerSecond = workload.eventsPerSecond;
            switchAt = workload.switchAt;
            users = workload.users;
            userSkew = workload.userSkew;
            wikis = workload.wikis;
            pages = workload.pages;
            botShare = workload.botShare;
            temporaryAccountShare = workload.temporaryAccountShare;
            addressShare = workload.addressShare;
            hostileUserShare = workload.hostileUserShare;
            redactedShare = workload.redactedShare;
            lateBy = workload.lateBy;
            kindShares.putAll(workload.kindShares);
        }

        /** See {@link Workload#seed()}. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** See {@link Workload#start()}. */
        public Builder start(Instant value) {
            start = value;
            return this;
        }

        /** See {@link Workload#eventsPerSecond()}. */
        public Builder eventsPerSecond(double value) {
            eventsPerSecond = value;
            return this;
        }

        /** See {@link Workload#switchAt()}. */
        public Builder switchAt(@Nullable Instant value) {
            switchAt = value;
            return this;
        }

        /** See {@link Workload#users()}. */
        public Builder users(int value) {
            users = value;
            return this;
        }

        /** See {@link Workload#userSkew()}. */
        public Builder userSkew(double value) {
            userSkew = value;
            return this;
        }

        /** See {@link Workload#wikis()}. */
        public Builder wikis(int value) {
            wikis = value;
            return this;
        }

        /** See {@link Workload#pages()}. */
        public Builder pages(int value) {
            pages = value;
            return this;
        }

        /** See {@link Workload#botShare()}. */
        public Builder botShare(double value) {
            botShare = value;
            return this;
        }

        /** See {@link Workload#temporaryAccountShare()}. */
        public Builder temporaryAccountShare(double value) {
            temporaryAccountShare = value;
            return this;
        }

        /** See {@link Workload#addressShare()}. */
        public Builder addressShare(double value) {
            addressShare = value;
            return this;
        }

        /** See {@link Workload#hostileUserShare()}. */
        public Builder hostileUserShare(double value) {
            hostileUserShare = value;
            return this;
        }

        /** See {@link Workload#redactedShare()}. */
        public Builder redactedShare(double value) {
            redactedShare = value;
            return this;
        }

        /** See {@link Workload#lateBy()}. */
        public Builder lateBy(Duration value) {
            lateBy = value;
            return this;
        }

        /** See {@link Workload#kindShares()}. */
        public Builder share(EventKind kind, double value) {
            kindShares.put(kind, value);
            return this;
        }

        /**
         * The workload.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public Workload build() {
            return new Workload(
                    seed,
                    start,
                    eventsPerSecond,
                    switchAt,
                    users,
                    userSkew,
                    wikis,
                    pages,
                    botShare,
                    temporaryAccountShare,
                    addressShare,
                    hostileUserShare,
                    redactedShare,
                    lateBy,
                    kindShares);
        }
    }
}
