package io.github.wikiflow.bridge.stream;

import io.github.wikiflow.events.options.UsageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the environment names, by the rules of curl: {@code HTTPS_PROXY} and {@code
 * HTTP_PROXY} are addresses such as {@code http://user:password@proxy:3128}, {@code NO_PROXY} a
 * list of hosts that are reached without, the hosts below them included. This computer itself is
 * always reached without. A password is never part of a message.
 *
 * <p>Immutable.
 */
public final class EnvironmentProxies extends ProxySelector {

    private static final int DEFAULT_PORT = 80;

    /** Where no proxy is used. */
    public static final EnvironmentProxies NONE = new EnvironmentProxies(Map.of(), List.of());

    /**
     * @param authorization the value of {@code Proxy-Authorization}; null without a login
     */
    private record HttpProxy(InetSocketAddress address, @Nullable String authorization) {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** By the scheme of the address that is asked for. */
    private final Map<String, HttpProxy> proxies;

    /** Lower case, without a leading dot; or an asterisk for all. */
    private final List<String> direct;

    private EnvironmentProxies(Map<String, HttpProxy> proxies, List<String> direct) {
        this.proxies = Map.copyOf(proxies);
        this.direct = List.copyOf(direct);
    }

    /**
     * Reads the variables, in lower case or else in upper case.
     *
     * @throws UsageException naming the variable that cannot be used
     */
    public static EnvironmentProxies of(Map<String, String> environment) {
        Map<String, HttpProxy> proxies = new HashMap<>();
        for (String scheme : List.of("http", "https")) {
            String variable = scheme + "_proxy";
            String value = value(environment, variable);
            if (!value.isEmpty()) {
                proxies.put(scheme, proxy(variable.toUpperCase(Locale.ROOT), value));
            }
        }
        List<String> direct =
                Arrays.stream(value(environment, "no_proxy").split("[,\\s]+"))
                        .filter(host -> !host.isEmpty())
                        .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                        .toList();
        return new EnvironmentProxies(proxies, direct);
    }

    @Override
    public List<Proxy> select(URI uri) {
        HttpProxy proxy = proxies.get(uri.getScheme());
        return List.of(
                proxy == null || isDirect(uri)
                        ? Proxy.NO_PROXY
                        : new Proxy(Proxy.Type.HTTP, proxy.address()));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // Whoever asked for the connection tells of it.
    }

    /**
     * The value of {@code Proxy-Authorization} for a proxy; null if no login is known for it.
     *
     * @param proxy as {@link #select} gave it
     */
    @Nullable String authorization(Proxy proxy) {
        for (HttpProxy known : proxies.values()) {
            if (known.address().equals(proxy.address())) {
                return known.authorization();
            }
        }
        return null;
    }

    private boolean isDirect(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("[::1]")) {
            return true;
        }
        for (String without : direct) {
            if (without.equals("*")
                    || host.equals(without)
                    || host.endsWith("." + without)
                    || (host + ":" + uri.getPort()).equals(without)) {
                return true;
            }
        }
        return false;
    }

    private static String value(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        if (value == null) {
            value = environment.getOrDefault(variable.toUpperCase(Locale.ROOT), "");
        }
        return value.strip();
    }

    private static HttpProxy proxy(String variable, String value) {
        try {
            URI uri = new URI(value.contains("://") ? value : "http://" + value);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
                return new HttpProxy(
                        InetSocketAddress.createUnresolved(
                                uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()),
                        authorization(uri.getUserInfo()));
            }
        } catch (URISyntaxException e) {
            throw unusable(variable);
        }
        throw unusable(variable);
    }

    private static @Nullable String authorization(@Nullable String login) {
        return login == null
                ? null
                : "Basic "
                        + Base64.getEncoder()
                                .encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private static UsageException unusable(String variable) {
        return new UsageException(
                "%s is no address of an HTTP proxy; write it such as http://user:password@proxy.example.org:3128, with %%40 for an @ in the password"
                        .formatted(variable));
    }
}
