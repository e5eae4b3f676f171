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
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private static final int LONGEST_QUOTE = 200;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    /** How the next connection says where to begin. */
    private enum Ask {
        /** The position vector. */
        POSITION,
        /** A time, because there is no position or it was refused. */
        TIME,
        /** Whatever comes next, because there is no time or it was refused. */
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
    private volatile StreamConnection current;

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
            ask = Ask.LATEST;
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
            case POSITION -> client.after(position);
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
        long now = clock.millis();
        activity.received(now);
        everReceived = true;
        ask = Ask.POSITION;
        return intake.put(
                events.read(ByteTunnel.bytes(message.getData()), message.getLastEventId(), now));
    }

    private void consider(StreamException failure) {
        if (!(failure instanceof StreamHttpErrorException refusal)) {
            LOG.info("The connection ended: {}", quote(String.valueOf(failure.getMessage())));
            return;
        }
        retryAfter = retryAfter(refusal.getHeaders());
        String kind = header(refusal.getHeaders(), SourceKind.HTTP_HEADER);
        if (kind != null) {
            intake.servedBy(kind(kind));
        }
        if (!blamesRequest(refusal.getCode()) || ask == Ask.LATEST) {
            LOG.warn(
                    "{} answers {}; trying again{}",
                    settings.url(),
                    refusal.getCode(),
                    refusal.getCode() == 403
                            ? " (it wants a User-Agent with a contact, see --contact)"
                            : "");
        } else if (ask == Ask.POSITION) {
            activity.refused();
            intake.refused();
            ask = Ask.TIME;
            LOG.warn(
                    "The stream refuses the position with {}; going on by time, so that events may"
                            + " be missing",
                    refusal.getCode());
        } else if (!everReceived && intake.lastEventId() == null) {
            throw new OperationException(
                    "the stream at %s does not accept --since %d (it answers %d); choose a later time"
                            .formatted(settings.url(), intake.resumeTime(), refusal.getCode()));
        } else {
            activity.refused();
            ask = Ask.LATEST;
            LOG.error(
                    "The stream refuses {} too, with {}; going on from now, events are missing",
                    intake.resumeTime(),
                    refusal.getCode());
        }
    }

    /** Whether an answer means that the request is wrong, and not the client or the server. */
    private static boolean blamesRequest(int status) {
        return switch (status) {
            case 401, 403, 404, 407, 408, 425, 429 -> false;
            default -> status >= 400 && status < 500;
        };
    }

    private static Duration retryAfter(ResponseHeaders headers) {
        String seconds = header(headers, "Retry-After");
        if (seconds == null || !seconds.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(seconds));
        return wanted.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wanted;
    }

    private static String header(ResponseHeaders headers, String name) {
        return headers == null ? null : headers.value(name);
    }

    private SourceKind kind(String label) {
        try {
            return SourceKind.ofLabel(label);
        } catch (IllegalArgumentException e) {
            throw new OperationException(
                    "the stream at %s says that it is of a kind that this release does not know (%s); use a newer release"
                            .formatted(settings.url(), quote(e.getMessage())),
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
