/**
 * JMH benchmarks of what every event goes through. Those of classes that are private to their
 * packages are in these packages: {@code io.github.wikiflow.rankings}, {@code
 * io.github.wikiflow.archive.file}.
 */
package io.github.wikiflow.benchmarks.micro;
