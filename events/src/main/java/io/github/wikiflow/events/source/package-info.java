/** What kind of events a stream brings: live, simulated or replayed. */
@NullMarked
package io.github.wikiflow.events.source;

import org.jspecify.annotations.NullMarked;
