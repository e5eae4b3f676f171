/** The guard of servers that run in Jetty. */
@NullMarked
package io.github.wikiflow.http.jetty;

import org.jspecify.annotations.NullMarked;
