package io.github.wikiflow.sandbox.stream.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * Something that goes wrong on a connection, between two frames. The nested ones are what has been
 * seen or must be expected of the real service and of the network before it.
 */
@FunctionalInterface
public interface Fault {

    /** Does it. */
    void inject(Wire wire) throws IOException, InterruptedException;

    /** The connection ends. */
    record Cut(Ending ending) implements Fault {
        @Override
        public void inject(Wire wire) throws IOException {
            wire.end(ending);
        }
    }

    /** The connection ends within a frame, of which this share (0 to 1) has been sent. */
    record HalfFrame(double share, Ending ending) implements Fault {
        @Override
        public void inject(Wire wire) throws IOException, InterruptedException {
            wire.sendPartOfNext(share);
            wire.end(ending);
        }
    }

    /** No byte comes for a time, on a connection that stays open. */
    record Silence(Duration duration) implements Fault {
        @Override
        public void inject(Wire wire) throws IOException, InterruptedException {
            wire.pause(duration);
        }
    }

    /** These characters stand between two frames. */
    record Garbage(String characters) implements Fault {

        /** Lines that are no field of a frame, and a comment. */
        public static final Garbage LINES =
                new Garbage("<html>502 Bad Gateway</html>\n\u0000\u00ff: \n:comment\nno-field\n\n");

        @Override
        public void inject(Wire wire) throws IOException {
            wire.write(characters.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The service reports an error of its own in a frame {@code event: error}. */
    record ErrorFrame(String data) implements Fault {

        /** As the service words it when its Kafka is away. */
        public static final ErrorFrame BROKER_AWAY =
                new ErrorFrame(
                        "{\"message\":\"broker transport failure\",\"origin\":\"KafkaSSE\"}");

        @Override
        public void inject(Wire wire) throws IOException {
            wire.writeFrame("error", data.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A message comes whose data is this and not an event of the log. */
    record ForeignData(String data) implements Fault {

        public static final ForeignData NOT_JSON = new ForeignData("{\"title\":\"cut off");

        @Override
        public void inject(Wire wire) throws IOException {
            wire.writeFrame("message", data.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A message comes whose data is so many bytes long, and a JSON object. */
    record OversizedMessage(int bytes) implements Fault {
        @Override
        public void inject(Wire wire) throws IOException {
            byte[] data = new byte[bytes];
            Arrays.fill(data, (byte) 'x');
            byte[] start = "{\"comment\":\"".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(start, 0, data, 0, start.length);
            data[bytes - 2] = '"';
            data[bytes - 1] = '}';
            wire.writeFrame("message", data);
        }
    }

    /** The last so many events of the log come once more. */
    record Repeat(int events) implements Fault {
        @Override
        public void inject(Wire wire) {
            wire.rewind(events);
        }
    }

    /** The next event's JSON comes in two lines of data. */
    record SplitData() implements Fault {
        @Override
        public void inject(Wire wire) throws IOException, InterruptedException {
            wire.sendNext(SplitData::breakAfterBrace);
        }

        private static byte[] breakAfterBrace(byte[] json) {
            byte[] broken = new byte[json.length + 1];
            broken[0] = json[0];
            broken[1] = '\n';
            System.arraycopy(json, 1, broken, 2, json.length - 1);
            return broken;
        }
    }

    /** Lines end with other characters from now on: LF, CR or CRLF are all right. */
    record LineEnd(String characters) implements Fault {

        public static final LineEnd CRLF = new LineEnd("\r\n");
        public static final LineEnd CR = new LineEnd("\r");

        @Override
        public void inject(Wire wire) {
            wire.lineEnd(characters);
        }
    }

    /**
     * More than the generator has events in one millisecond: fewer could as well be there twice.
     */
    int LEAST_REPEATED = 3;

    /** A fault of any kind but the oversized message; none lasts longer than a second. */
    static Fault random(Random random) {
        Ending ending = Ending.values()[random.nextInt(Ending.values().length)];
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Cut(ending);
            case 2 -> new HalfFrame(random.nextDouble(), ending);
            case 3 -> new Silence(Duration.ofMillis(random.nextInt(1_000)));
            case 4 -> Garbage.LINES;
            case 5 -> ErrorFrame.BROKER_AWAY;
            case 6 -> ForeignData.NOT_JSON;
            case 7 -> new Repeat(random.nextInt(LEAST_REPEATED, 101));
            case 8 -> new SplitData();
            default -> random.nextBoolean() ? LineEnd.CRLF : LineEnd.CR;
        };
    }
}
