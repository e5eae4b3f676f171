package io.github.wikiflow.sandbox.stream;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whom the service lets in: clients that say who they are. */
final class UserAgentPolicy {

    /** What HTTP libraries send when nobody sets an agent. */
    private static final Pattern LIBRARY_DEFAULT =
            Pattern.compile(
                    "(java|java-http-client|okhttp|okhttp-eventsource|apache-httpclient"
                            + "|python-requests|python-urllib|aiohttp|python-httpx|go-http-client"
                            + "|axios|node-fetch|node|undici|libwww-perl|ruby)(/\\S*)?",
                    Pattern.CASE_INSENSITIVE);

    private UserAgentPolicy() {}

    /**
     * Whether an agent is accepted.
     *
     * @param userAgent the header; null without
     */
    static boolean accepts(@Nullable String userAgent) {
        return userAgent != null
                && !userAgent.isBlank()
                && !LIBRARY_DEFAULT.matcher(userAgent.strip()).matches();
    }
}
