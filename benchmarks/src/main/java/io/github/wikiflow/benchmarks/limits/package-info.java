/**
 * What bounds the contenders: the same work, or a part of it, as a plain loop without any promise.
 */
@NullMarked
package io.github.wikiflow.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
