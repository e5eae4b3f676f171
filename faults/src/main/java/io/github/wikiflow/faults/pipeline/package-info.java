/**
 * The pipeline that is attacked: its processes, its stream, whose clock can run fast, and what can
 * be done to them.
 */
@NullMarked
package io.github.wikiflow.faults.pipeline;

import org.jspecify.annotations.NullMarked;
