/**
 * A change of a wiki, and its parsers: the one with every field, and lean ones that copy bytes. All
 * accept the same bytes.
 */
@NullMarked
package io.github.wikiflow.events.change;

import org.jspecify.annotations.NullMarked;
