/**
 * A change from its record in Kafka to the decision that it is counted: parsed where it is fetched,
 * rejected if it is malformed or from the future, admitted, or late. Late ones leave for a topic of
 * their own, with their originals. Each partition has an event time of its own here.
 */
@NullMarked
package io.github.wikiflow.rankings.change;

import org.jspecify.annotations.NullMarked;
