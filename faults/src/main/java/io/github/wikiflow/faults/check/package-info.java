/** Compares all that a pipeline has written with the generator's answers. */
@NullMarked
package io.github.wikiflow.faults.check;

import org.jspecify.annotations.NullMarked;
