/** Stand-ins for the outside world. */
@NullMarked
package io.github.wikiflow.sandbox;

import org.jspecify.annotations.NullMarked;
