/**
 * The pipeline as processes of their own under a steady load: how fresh what it writes is, and how
 * soon it is fresh again after a failure. Begin with {@link
 * io.github.wikiflow.benchmarks.live.FreshnessCommand}, then {@link
 * io.github.wikiflow.benchmarks.live.LivePipeline}, which both measurements share.
 */
@NullMarked
package io.github.wikiflow.benchmarks.live;

import org.jspecify.annotations.NullMarked;
