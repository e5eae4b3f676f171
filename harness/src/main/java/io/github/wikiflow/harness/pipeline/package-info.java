/** The pipeline's broker, cluster, jobs, bridge and dashboard as processes of their own. */
@NullMarked
package io.github.wikiflow.harness.pipeline;

import org.jspecify.annotations.NullMarked;
