/** What goes wrong with the simulated stream, by script or at random. */
@NullMarked
package io.github.wikiflow.sandbox.stream.fault;

import org.jspecify.annotations.NullMarked;
