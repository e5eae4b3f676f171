/** The guard of Flink's REST server. */
@NullMarked
package io.github.wikiflow.http.flink;

import org.jspecify.annotations.NullMarked;
