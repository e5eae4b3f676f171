/**
 * A server that speaks as Wikimedia's EventStreams does, over generated, recorded or given events.
 */
@NullMarked
package io.github.wikiflow.sandbox.stream;

import org.jspecify.annotations.NullMarked;
