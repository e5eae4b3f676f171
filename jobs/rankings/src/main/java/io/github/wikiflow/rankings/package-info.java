/** The job that counts changes in windows of event time and ranks users, pages and wikis. */
@NullMarked
package io.github.wikiflow.rankings;

import org.jspecify.annotations.NullMarked;
