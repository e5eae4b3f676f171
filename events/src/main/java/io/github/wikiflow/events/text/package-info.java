/** Text from strangers, made fit for a terminal or a log. */
@NullMarked
package io.github.wikiflow.events.text;

import org.jspecify.annotations.NullMarked;
