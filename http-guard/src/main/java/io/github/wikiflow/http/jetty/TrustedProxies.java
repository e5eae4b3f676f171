package io.github.wikiflow.http.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/**
 * The reverse proxies whose word is taken for which host a client has asked, and who the client is.
 * From any other address the headers that say so count nothing: clients can write them too.
 * Immutable.
 */
public final class TrustedProxies {

    /** Nobody. */
    public static final TrustedProxies NONE = new TrustedProxies("", List.of());

    /** What is read as an address without being looked up. */
    private static final Pattern LITERAL =
            Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|\\[?[0-9a-fA-F.]*:[0-9a-fA-F:.]*]?");

    private final InetAddressSet addresses = new InetAddressSet();

    /**
     * @param setting where they are named, for the message
     * @param proxies addresses, or ranges such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if one is neither
     */
    public TrustedProxies(String setting, Collection<String> proxies) {
        for (String proxy : proxies) {
            boolean valid = proxy.matches("[0-9a-fA-F:./]+");
            try {
                valid &= addresses.add(proxy);
            } catch (IllegalArgumentException e) {
                valid = false;
            }
            if (!valid) {
                throw new IllegalArgumentException(
                        "%s: '%s' is not an address; write it such as 10.1.2.3 or 10.0.0.0/8"
                                .formatted(setting, proxy));
            }
        }
    }

    /** The values of {@code Host}, or what a proxy says that it was. */
    List<String> hosts(Request request) {
        return forwarded(request, "X-Forwarded-Host")
                .map(List::of)
                .orElseGet(() -> request.getHeaders().getValuesList("Host"));
    }

    /** Who asks. */
    InetAddress client(Request request) {
        return forwarded(request, "X-Forwarded-For")
                .filter(address -> LITERAL.matcher(address).matches())
                .map(TrustedProxies::literal)
                .orElseGet(() -> peer(request));
    }

    /** The last value: those before it may be the client's own. */
    private Optional<String> forwarded(Request request, String header) {
        if (addresses.isEmpty() || !addresses.test(peer(request))) {
            return Optional.empty();
        }
        List<String> values = request.getHeaders().getCSV(header, false);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    private static InetAddress peer(Request request) {
        return ((InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress())
                .getAddress();
    }

    private static @Nullable InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
