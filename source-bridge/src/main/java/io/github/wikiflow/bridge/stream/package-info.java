/**
 * Reads the event stream over HTTP, with one connection and bounds on all that a server may send.
 */
@NullMarked
package io.github.wikiflow.bridge.stream;

import org.jspecify.annotations.NullMarked;
