/** A change as the bytes of a row, on its way to the lake. */
@NullMarked
package io.github.wikiflow.archive.row;

import org.jspecify.annotations.NullMarked;
