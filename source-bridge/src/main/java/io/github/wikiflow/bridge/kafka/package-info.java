/**
 * Writes events and the resume point that covers them in one transaction, and reads both back at a
 * start.
 */
@NullMarked
package io.github.wikiflow.bridge.kafka;

import org.jspecify.annotations.NullMarked;
