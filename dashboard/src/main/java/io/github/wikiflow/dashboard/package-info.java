/**
 * The process that shows rankings and the pipeline's health: its options, and how its parts are put
 * together.
 */
@NullMarked
package io.github.wikiflow.dashboard;

import org.jspecify.annotations.NullMarked;
