package io.github.wikiflow.benchmarks.comparison;

/**
 * Whether an answer is the expected one.
 *
 * @param text which of the expected forms it has, or in what it is wrong; empty where there is no
 *     more to say
 */
record Verdict(boolean right, String text) {

    static Verdict right(String form) {
        return new Verdict(true, form);
    }

    static Verdict wrong(String difference) {
        return new Verdict(false, difference);
    }

    /** Right only if both are. */
    Verdict and(Verdict other) {
        if (right != other.right) {
            return right ? other : this;
        }
        return new Verdict(
                right,
                text.isEmpty() || other.text.isEmpty()
                        ? text + other.text
                        : text + "; " + other.text);
    }

    @Override
    public String toString() {
        String word = right ? "right" : "WRONG";
        return text.isEmpty() ? word : word + ": " + text;
    }
}
