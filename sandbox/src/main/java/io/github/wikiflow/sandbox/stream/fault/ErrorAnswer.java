package io.github.wikiflow.sandbox.stream.fault;

/**
 * An answer that is not the stream.
 *
 * @param status of HTTP, 400 to 599
 * @param reason one line for the client
 */
public record ErrorAnswer(int status, String reason) {}
