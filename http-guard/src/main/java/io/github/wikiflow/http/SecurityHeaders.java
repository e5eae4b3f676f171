package io.github.wikiflow.http;

import java.util.Map;

/**
 * What every answer of every server tells the browser to forbid. Who serves pages adds a policy for
 * their content.
 */
public final class SecurityHeaders {

    /** By name; the same for each answer. */
    public static final Map<String, String> ALL =
            Map.of(
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY",
                    "Referrer-Policy", "no-referrer",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Cross-Origin-Resource-Policy", "same-origin",
                    "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    /** A content security policy for answers that are no page. */
    public static final String NO_CONTENT = "default-src 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}
}
