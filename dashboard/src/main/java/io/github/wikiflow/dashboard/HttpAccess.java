package io.github.wikiflow.dashboard;

import java.util.List;

/**
 * Who may ask the dashboard, and how much.
 *
 * @param allowedHosts names by which it may be asked for beside this machine's own
 * @param trustedProxies addresses or ranges whose {@code X-Forwarded-Host} and {@code
 *     X-Forwarded-For} count
 * @param maxClientsPerAddress how many browsers at one address are pushed to at once, at least 1
 */
public record HttpAccess(
        List<String> allowedHosts, List<String> trustedProxies, int maxClientsPerAddress) {

    static final String ALLOWED_HOSTS = "--allowed-hosts";
    static final String TRUSTED_PROXIES = "--trusted-proxies";

    /** The name of its service in compose. */
    static final String DEFAULT_HOST = "dashboard";

    static final int DEFAULT_MAX_CLIENTS_PER_ADDRESS = 100;

    /** The defaults of the command. */
    public static final HttpAccess DEFAULT =
            new HttpAccess(List.of(DEFAULT_HOST), List.of(), DEFAULT_MAX_CLIENTS_PER_ADDRESS);

    public HttpAccess {
        allowedHosts = List.copyOf(allowedHosts);
        trustedProxies = List.copyOf(trustedProxies);
        if (maxClientsPerAddress < 1) {
            throw new IllegalArgumentException(
                    "maxClientsPerAddress is " + maxClientsPerAddress + ", below 1");
        }
    }
}
