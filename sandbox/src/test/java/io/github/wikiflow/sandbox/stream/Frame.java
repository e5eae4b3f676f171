package io.github.wikiflow.sandbox.stream;

/** A Server-Sent-Events frame as its lines say, where null is a field that it has not. */
record Frame(String event, String id, String data) {}
