/**
 * What all command lines share: running a command, defaults from the environment, and errors of one
 * line.
 */
@NullMarked
package io.github.wikiflow.events.options;

import org.jspecify.annotations.NullMarked;
