/** The project's own jobs as contenders. */
@NullMarked
package io.github.wikiflow.benchmarks.jobs;

import org.jspecify.annotations.NullMarked;
