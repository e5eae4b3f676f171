package io.github.wikiflow.rankings;

/** Where changes come from. */
enum RankingsSource {
    KAFKA,
    LAKE
}
