/**
 * The lake's format: columns, folders and files, how they are written, read and listed, and the log
 * of commits.
 */
@NullMarked
package io.github.wikiflow.lake;

import org.jspecify.annotations.NullMarked;
