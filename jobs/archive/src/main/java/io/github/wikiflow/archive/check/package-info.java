/** The commands that look at a lake from outside: what is wrong with it, and which files it has. */
@NullMarked
package io.github.wikiflow.archive.check;

import org.jspecify.annotations.NullMarked;
