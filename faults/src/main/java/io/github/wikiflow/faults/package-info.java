/**
 * Attacks at random on a whole pipeline, and long runs of one: the plan, the injection of each
 * fault, and the report.
 */
@NullMarked
package io.github.wikiflow.faults;

import org.jspecify.annotations.NullMarked;
