package io.github.wikiflow.bridge.stream;

import java.net.URI;
import java.time.Duration;

/**
 * How the stream is read.
 *
 * @param url the stream's address, without query
 * @param userAgent says who reads
 * @param readTimeout without a byte for so long the connection is given up
 * @param firstDelay before the second attempt to connect
 * @param longestDelay between two attempts
 * @param proxies by which it is reached
 * @param skipsToLatest whether to go on from what comes next where the service refuses the resume
 *     point, instead of trying again
 * @param maxEventBytes larger events are not forwarded
 */
public record StreamSettings(
        URI url,
        String userAgent,
        Duration readTimeout,
        Duration firstDelay,
        Duration longestDelay,
        EnvironmentProxies proxies,
        boolean skipsToLatest,
        int maxEventBytes) {}
