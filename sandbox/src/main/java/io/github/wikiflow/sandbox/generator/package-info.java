/**
 * Events made from a seed, and the exact rankings, rows and dead letters that must come of them.
 */
@NullMarked
package io.github.wikiflow.sandbox.generator;

import org.jspecify.annotations.NullMarked;
