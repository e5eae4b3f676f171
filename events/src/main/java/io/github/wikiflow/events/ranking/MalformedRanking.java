package io.github.wikiflow.events.ranking;

import java.io.IOException;

/**
 * Bytes that are no {@link Ranking}. Its message is one line for a human and quotes nothing of
 * them.
 */
public final class MalformedRanking extends IOException {

    private static final long serialVersionUID = 1L;

    /** By what such bytes are counted. */
    public enum Flaw {
        /** The bytes are not one JSON value. */
        NOT_JSON("not-json"),
        /** A field is missing, or has a value that no ranking has. */
        NOT_A_RANKING("not-a-ranking");

        private final String label;

        Flaw(String label) {
            this.label = label;
        }

        /** The name in metrics. */
        public String label() {
            return label;
        }
    }

    private final Flaw flaw;

    MalformedRanking(Flaw flaw, String message) {
        super(message);
        this.flaw = flaw;
    }

    /** What is wrong. */
    public Flaw flaw() {
        return flaw;
    }
}
