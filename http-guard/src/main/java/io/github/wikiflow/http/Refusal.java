package io.github.wikiflow.http;

/**
 * Why a request is not served.
 *
 * @param status of the answer
 * @param reason one line for whoever asked; nothing of the request is in it
 */
public record Refusal(int status, String reason) {}
