/** The bridge's own pages: health and metrics. */
@NullMarked
package io.github.wikiflow.bridge.http;

import org.jspecify.annotations.NullMarked;
