/**
 * The sink: rows are held by partition, staged before a checkpoint, and moved into the lake when it
 * has completed.
 */
@NullMarked
package io.github.wikiflow.archive.lake;

import org.jspecify.annotations.NullMarked;
