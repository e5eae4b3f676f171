/** The job that writes every well-formed event into the lake and all else to the dead letters. */
@NullMarked
package io.github.wikiflow.archive;

import org.jspecify.annotations.NullMarked;
