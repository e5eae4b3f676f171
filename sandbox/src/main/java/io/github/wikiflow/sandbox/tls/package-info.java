/** Keys and certificates for servers of a test. */
@NullMarked
package io.github.wikiflow.sandbox.tls;

import org.jspecify.annotations.NullMarked;
