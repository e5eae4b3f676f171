/**
 * Everything in one process, and the commands for it: what it reads, where it keeps its data, and
 * how its jobs go on.
 */
@NullMarked
package io.github.wikiflow.quickstart;

import org.jspecify.annotations.NullMarked;
