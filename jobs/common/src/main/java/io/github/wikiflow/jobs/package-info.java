/**
 * What the jobs share: their input from Kafka, the options for it and for the lake, and how a job's
 * command runs.
 */
@NullMarked
package io.github.wikiflow.jobs;

import org.jspecify.annotations.NullMarked;
