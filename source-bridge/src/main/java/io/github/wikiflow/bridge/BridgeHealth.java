package io.github.wikiflow.bridge;

import java.util.List;

/**
 * Whether a bridge does its work.
 *
 * @param reasons why it does not, each one line for a human; empty if it does
 */
public record BridgeHealth(List<String> reasons) {

    public boolean isHealthy() {
        return reasons.isEmpty();
    }
}
