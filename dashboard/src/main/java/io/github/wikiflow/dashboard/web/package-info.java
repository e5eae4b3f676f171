/** The web server: the page, the JSON and CSV answers, and what a reader is shown of a ranking. */
@NullMarked
package io.github.wikiflow.dashboard.web;

import org.jspecify.annotations.NullMarked;
