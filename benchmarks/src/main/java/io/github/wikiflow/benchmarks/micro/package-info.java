/**
 * JMH benchmarks of what every event goes through. Those of classes that are private to their
 * package are in that package: {@code io.github.wikiflow.rankings}.
 */
@NullMarked
package io.github.wikiflow.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
