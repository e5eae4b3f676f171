/** Who may ask our HTTP servers what, and how they refuse; for no particular server. */
@NullMarked
package io.github.wikiflow.http;

import org.jspecify.annotations.NullMarked;
