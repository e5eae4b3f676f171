/**
 * What bounds the contenders: the same work, or a part of it, as a plain loop without any promise.
 */
package io.github.wikiflow.benchmarks.limits;
