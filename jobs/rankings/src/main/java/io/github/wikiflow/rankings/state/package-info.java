/**
 * What all serializers of this job have in common: a compact form that tests pin byte by byte, for
 * types that cross the network or sit in state. The serializers themselves stand beside their
 * types. Whoever changes a form adds a serializer that reads the old one.
 */
@NullMarked
package io.github.wikiflow.rankings.state;

import org.jspecify.annotations.NullMarked;
