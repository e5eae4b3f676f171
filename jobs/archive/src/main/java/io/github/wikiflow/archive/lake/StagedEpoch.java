package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.Epoch;

/**
 * The files that a writer has staged between two checkpoints, to be committed together.
 *
 * @param files how many, as the epoch's manifest lists them
 */
record StagedEpoch(Epoch epoch, int files) {}
