/**
 * Sends messages to browsers as Server-Sent Events. Messages are kept by key, so that a slow or
 * late client gets the newest of each.
 */
@NullMarked
package io.github.wikiflow.dashboard.push;

import org.jspecify.annotations.NullMarked;
