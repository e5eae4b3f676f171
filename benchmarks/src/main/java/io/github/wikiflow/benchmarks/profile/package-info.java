/** Where a contender's time goes: what Java Flight Recorder has sampled, as a flame graph. */
package io.github.wikiflow.benchmarks.profile;
