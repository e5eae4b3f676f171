package io.github.wikiflow.bridge.stream;

import static io.github.wikiflow.bridge.position.StreamPosition.UNKNOWN;

import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.ResponseHeaders;
import com.launchdarkly.eventsource.StartedEvent;
import com.launchdarkly.eventsource.StreamEvent;
import com.launchdarkly.eventsource.StreamException;
import com.launchdarkly.eventsource.StreamHttpErrorException;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.events.text.PlainText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stream into an {@link EventIntake}: connects, asks for the place where the intake
 * stands, hands over event by event, and connects again whatever happens. One thread runs it; any
 * may close it.
 */
public final class StreamReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);
    private static final String ERROR_EVENT = "error";
    private static final int GONE = 410;
    private static final int LONGEST_QUOTE = 200;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    /** How the next connection says where to begin. */
    private enum Ask {
        /** The position vector. */
        POSITION,
        /** A time, because there is no position or it was refused. */
        TIME,
        /** Whatever comes next, because there is no time, or somebody has decided so. */
        LATEST
    }

    private final StreamSettings settings;
    private final EventIntake intake;
    private final StreamActivity activity;
    private final InstantSource clock;
    private final StreamClient client;
    private final EventReader events;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Null before the first; set by the reading thread. */
    private volatile @Nullable StreamConnection current;

    // Of the reading thread only.
    private final BackOff backOff;
    private Ask ask = Ask.POSITION;
    private boolean everReceived;
    private Duration retryAfter = Duration.ZERO;

    public StreamReader(
            StreamSettings settings,
            EventIntake intake,
            StreamActivity activity,
            InstantSource clock) {
        this.settings = settings;
        this.intake = intake;
        this.activity = activity;
        this.clock = clock;
        this.client = new StreamClient(settings);
        this.events = new EventReader(settings.maxEventBytes());
        this.backOff = new BackOff(settings.firstDelay(), settings.longestDelay());
    }

    /**
     * Reads until it is closed.
     *
     * @throws OperationException if the service does not accept where the user wants to begin
     */
    public void run() throws InterruptedException {
        while (!isClosed()) {
            long begun = System.nanoTime();
            retryAfter = Duration.ZERO;
            try (StreamConnection connection = connection()) {
                current = connection;
                read(connection);
            } catch (StreamException e) {
                if (isClosed()) {
                    return;
                }
                activity.failed();
                consider(e);
            }
            pause(backOff.afterConnectionOf(Duration.ofNanos(System.nanoTime() - begun)));
        }
    }

    /** Makes {@link #run} return soon. */
    @Override
    public void close() {
        // In this order: a connection that is made just now will not be read.
        closed.countDown();
        client.close();
        StreamConnection connection = current;
        if (connection != null) {
            connection.cancel();
        }
    }

    private StreamConnection connection() {
        String position = intake.lastEventId();
        long time = intake.resumeTime();
        if (ask == Ask.POSITION && position == null) {
            ask = Ask.TIME;
        }
        if (ask == Ask.TIME && time == UNKNOWN) {
            ask = position == null ? Ask.LATEST : Ask.POSITION;
        }
        LOG.info(
                "Connecting to {}, {}",
                settings.url(),
                switch (ask) {
                    case POSITION -> "after " + position;
                    case TIME -> "since " + time;
                    case LATEST -> "from now on";
                });
        return switch (ask) {
            case POSITION -> client.after(Objects.requireNonNull(position));
            case TIME -> client.since(time);
            case LATEST -> client.latest();
        };
    }

    private void read(StreamConnection connection) throws StreamException, InterruptedException {
        long idleSince = System.nanoTime();
        while (!isClosed()) {
            StreamEvent event = connection.read();
            if (event instanceof MessageEvent message) {
                if (message.getEventName().equals(ERROR_EVENT)) {
                    activity.reportedError();
                    LOG.warn("The stream reports an error: {}", quote(message.getData()));
                    activity.failed();
                    return;
                }
                if (!take(message)) {
                    return;
                }
                idleSince = System.nanoTime();
            } else if (event instanceof StartedEvent) {
                String kind = connection.sourceKind();
                intake.servedBy(kind == null ? SourceKind.LIVE : kind(kind));
                activity.opened();
            } else if (System.nanoTime() - idleSince > settings.readTimeout().toNanos()) {
                LOG.warn("Nothing but comments for {}; connecting anew", settings.readTimeout());
                activity.failed();
                return;
            }
        }
    }

    private boolean take(MessageEvent message) throws InterruptedException {
        activity.received();
        everReceived = true;
        ask = Ask.POSITION;
        return intake.put(
                events.read(ByteTunnel.bytes(message.getData()), message.getLastEventId()));
    }

    private void consider(StreamException failure) {
        if (!(failure instanceof StreamHttpErrorException refusal)) {
            LOG.info("The connection ended: {}", quote(String.valueOf(failure.getMessage())));
            return;
        }
        int status = refusal.getCode();
        retryAfter = retryAfter(refusal.getHeaders());
        String kind = header(refusal.getHeaders(), SourceKind.HTTP_HEADER);
        if (kind != null) {
            intake.servedBy(kind(kind));
            if (status == GONE && kind(kind) == SourceKind.REPLAY) {
                intake.missing();
            }
        }
        if (!blamesRequest(status) || ask == Ask.LATEST) {
            LOG.warn(
                    "{} answers {}; trying again{}", settings.url(), status, hint(status, refusal));
        } else if (!everReceived && intake.lastEventId() == null) {
            throw new OperationException(
                    "the stream at %s does not accept --since %s (it answers %d); choose a later time"
                            .formatted(
                                    settings.url(),
                                    Instant.ofEpochMilli(intake.resumeTime()),
                                    status));
        } else {
            refused(status);
        }
    }

    /**
     * The position may be refused where a time is not, and either may have been refused by
     * something between the bridge and the service: so they are tried in turn. What comes next
     * instead would leave out what came meanwhile, so that is for somebody to decide.
     */
    private void refused(int status) {
        activity.refused(status);
        if (ask == Ask.POSITION) {
            intake.refused();
            ask = Ask.TIME;
            LOG.warn("The stream refuses the resume point with {}; trying its time", status);
        } else if (settings.skipsToLatest()) {
            activity.skipped();
            ask = Ask.LATEST;
            LOG.error(
                    "The stream refuses the resume point with {}; going on from now because of --skip-to latest: events since {} are missing",
                    status,
                    Instant.ofEpochMilli(intake.resumeTime()));
        } else {
            ask = Ask.POSITION;
            LOG.error(
                    "The stream refuses the resume point with {}, also as a time; trying again. To leave out what came since {}, start the bridge with --skip-to latest",
                    status,
                    Instant.ofEpochMilli(intake.resumeTime()));
        }
    }

    private static String hint(int status, StreamHttpErrorException refusal) {
        String location = header(refusal.getHeaders(), "Location");
        if (status >= 300 && status < 400 && location != null) {
            return "; it redirects to %s, which --stream-url can name".formatted(quote(location));
        }
        return switch (status) {
            case 403 -> " (it wants a User-Agent with a contact, see --contact)";
            case 407 -> " (the proxy wants a login, see HTTPS_PROXY)";
            default -> "";
        };
    }

    /** Whether an answer means that the request is wrong, and not the client or the server. */
    private static boolean blamesRequest(int status) {
        return switch (status) {
            case 401, 403, 404, 407, 408, 425, 429 -> false;
            default -> status >= 400 && status < 500;
        };
    }

    /** Seconds, or a time in the clock of the server, which says it in {@code Date}. */
    private Duration retryAfter(ResponseHeaders headers) {
        String value = header(headers, "Retry-After");
        if (value == null) {
            return Duration.ZERO;
        }
        Duration wanted;
        if (value.matches("\\d{1,9}")) {
            wanted = Duration.ofSeconds(Long.parseLong(value));
        } else {
            Instant until = httpDate(value);
            Instant now = httpDate(header(headers, "Date"));
            if (until == null) {
                return Duration.ZERO;
            }
            wanted = Duration.between(now == null ? clock.instant() : now, until);
        }
        if (wanted.isNegative()) {
            return Duration.ZERO;
        }
        return wanted.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wanted;
    }

    /** Null if it is none. */
    private static @Nullable Instant httpDate(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable String header(@Nullable ResponseHeaders headers, String name) {
        return headers == null ? null : headers.value(name);
    }

    private SourceKind kind(String label) {
        try {
            return SourceKind.ofLabel(label);
        } catch (IllegalArgumentException e) {
            throw new OperationException(
                    "the stream at %s says that it is of a kind that this release does not know (%s); use a newer release"
                            .formatted(settings.url(), quote(String.valueOf(e.getMessage()))),
                    e);
        }
    }

    private void pause(Duration delay) throws InterruptedException {
        Duration wanted = delay.compareTo(retryAfter) > 0 ? delay : retryAfter;
        if (closed.await(wanted.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("Closed while waiting to connect again");
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Foreign text for the log: on one line, and not long. */
    private static String quote(String text) {
        String start = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) : text;
        return PlainText.escape(start);
    }
}
