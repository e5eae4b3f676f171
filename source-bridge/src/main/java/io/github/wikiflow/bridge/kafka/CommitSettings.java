package io.github.wikiflow.bridge.kafka;

import java.time.Duration;

/**
 * When a transaction is committed, and how large it can get.
 *
 * @param interval after the first event in it
 * @param events or when so many wait
 * @param mostEvents which is as many as can wait while another transaction is being committed
 * @param mostBytes or so many bytes of keys and values, plus one event
 */
public record CommitSettings(Duration interval, int events, int mostEvents, long mostBytes) {}
