/** How the bridge, the jobs and Kafka are doing, asked in turn. */
@NullMarked
package io.github.wikiflow.dashboard.status;

import org.jspecify.annotations.NullMarked;
