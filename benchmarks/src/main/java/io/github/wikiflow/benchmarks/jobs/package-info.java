/** The project's own jobs as contenders. */
package io.github.wikiflow.benchmarks.jobs;
