package io.github.wikiflow.events.ranking;

import java.util.Comparator;

/**
 * Compares text by Unicode code point, which is also the order of its UTF-8 bytes. {@link
 * String#compareTo} differs: it compares UTF-16 units, and so puts an emoji before some of the
 * characters that it should follow.
 */
public enum CodePointOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                // A surrogate stands for a code point above every other char.
                boolean leftAbove = Character.isSurrogate(l);
                boolean rightAbove = Character.isSurrogate(r);
                return leftAbove == rightAbove ? Character.compare(l, r) : leftAbove ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
