/** Reads the topic of rankings from its beginning and then as it grows. */
@NullMarked
package io.github.wikiflow.dashboard.follow;

import org.jspecify.annotations.NullMarked;
