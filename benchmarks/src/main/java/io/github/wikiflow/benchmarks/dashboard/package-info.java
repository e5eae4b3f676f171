/** How long a ranking takes from Kafka to many browsers. */
@NullMarked
package io.github.wikiflow.benchmarks.dashboard;

import org.jspecify.annotations.NullMarked;
