package io.github.wikiflow.faults;

/** What came of the attempt to inject a fault. */
sealed interface Injection {

    /** It happened. */
    record Done() implements Injection {}

    /**
     * It did not happen, or not all of it.
     *
     * @param reason what was in its way
     */
    record NotDone(String reason) implements Injection {}

    /** Done if it happened. */
    static Injection of(boolean happened, String otherwise) {
        return happened ? new Done() : new NotDone(otherwise);
    }
}
