package io.github.wikiflow.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule of all servers for requests that a browser sends for somebody else's page. A server that
 * listens on loopback only is reached by every page that its user looks at, in two ways:
 *
 * <ul>
 *   <li>under a name of the page's own that leads to 127.0.0.1 (DNS rebinding), for which the
 *       browser takes both for one site: only requests whose {@code Host} is known are served;
 *   <li>as another site, which may send much although it must not read the answers: what the
 *       browser marks as foreign, by {@code Sec-Fetch-Site} or {@code Origin}, is served only if
 *       somebody has followed a link.
 * </ul>
 *
 * Clients that are no browsers send none of these marks. Immutable.
 */
public final class RequestPolicy {

    private static final int MISDIRECTED = 421;
    private static final int FORBIDDEN = 403;

    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final String NAME = "\\[[0-9a-f:.]+]|[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?";
    private static final Pattern HOST = Pattern.compile("(" + NAME + ")\\.?(?::\\d{1,5})?");

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Set<String> names = new HashSet<>(LOCAL_NAMES);
    private final Refusal unknownHost;
    private final Refusal foreignPage =
            new Refusal(FORBIDDEN, "pages of other sites may link to this server, and no more");

    /**
     * @param setting what allows further names, for the answer to those that are not
     * @param furtherNames hosts beside this machine's local ones, without ports
     * @throws IllegalArgumentException if one is not a host
     */
    public RequestPolicy(String setting, Collection<String> furtherNames) {
        for (String name : furtherNames) {
            String host = name.strip().toLowerCase(Locale.ROOT);
            if (!host.matches(NAME)) {
                throw new IllegalArgumentException(
                        "%s: '%s' is not a host; write it such as wiki.example.org, without scheme and port"
                                .formatted(setting, name));
            }
            names.add(host);
        }
        unknownHost =
                new Refusal(
                        MISDIRECTED,
                        "this server does not answer to that host; %s can allow it"
                                .formatted(setting));
    }

    /**
     * Why a request must not be served; empty if it may.
     *
     * @param headers gives the values of a header, one for each line
     * @param local the address of this machine at which the request has come in; it may be named
     */
    public Optional<Refusal> refusal(
            String method, Function<String, List<String>> headers, InetAddress local) {
        List<String> hosts = headers.apply("Host");
        if (hosts.size() != 1 || !isKnown(hosts.get(0), local)) {
            return Optional.of(unknownHost);
        }
        return isForeign(hosts.get(0), headers) && !followsLink(method, headers)
                ? Optional.of(foreignPage)
                : Optional.empty();
    }

    private boolean isKnown(String value, InetAddress local) {
        Matcher matcher = HOST.matcher(value.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return false;
        }
        String host = matcher.group(1);
        return names.contains(host) || isAddress(host, local);
    }

    private static boolean isAddress(String host, InetAddress local) {
        if (!host.startsWith("[")) {
            return host.equals(local.getHostAddress());
        }
        try {
            // Literals in brackets are never looked up.
            return InetAddress.getByName(host).equals(local);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isForeign(String host, Function<String, List<String>> headers) {
        return !OWN_SITES.containsAll(headers.apply("Sec-Fetch-Site"))
                || !headers.apply("Origin").stream().allMatch(origin -> isOf(host, origin));
    }

    /**
     * Whether it is the origin of this host's pages. A page without one, such as a file, says
     * "null".
     */
    private static boolean isOf(String host, String origin) {
        return origin.equalsIgnoreCase("http://" + host)
                || origin.equalsIgnoreCase("https://" + host);
    }

    /** Whether the browser goes to another page; what only a page's part wants is none. */
    private static boolean followsLink(String method, Function<String, List<String>> headers) {
        return (method.equals("GET") || method.equals("HEAD"))
                && headers.apply("Sec-Fetch-Mode").equals(List.of("navigate"))
                && headers.apply("Sec-Fetch-Dest").equals(List.of("document"))
                && headers.apply("Upgrade").isEmpty();
    }
}
