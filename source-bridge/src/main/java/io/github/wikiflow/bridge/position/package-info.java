/** Where in the stream the bridge stands, which events it has had, and which it has missed. */
@NullMarked
package io.github.wikiflow.bridge.position;

import org.jspecify.annotations.NullMarked;
