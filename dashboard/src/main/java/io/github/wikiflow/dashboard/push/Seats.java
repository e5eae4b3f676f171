package io.github.wikiflow.dashboard.push;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * How many clients may be connected at once, in all and from one address, so that nobody takes the
 * places of all others. For IPv6 the first 64 bits count: the rest is everybody's own to choose.
 *
 * <p>Thread-safe.
 */
public final class Seats {

    private static final int IPV6_NETWORK_BYTES = 8;

    private final int total;
    private final int perAddress;
    private final Map<String, Integer> taken = new HashMap<>();
    private int takenInAll;

    /**
     * @param total at least 1
     * @param perAddress at least 1
     */
    public Seats(int total, int perAddress) {
        this.total = total;
        this.perAddress = perAddress;
    }

    /** Whether there is a seat for this client; it is then taken until {@link #leave}. */
    public synchronized boolean take(InetAddress client) {
        String network = network(client);
        if (takenInAll >= total || taken.getOrDefault(network, 0) >= perAddress) {
            return false;
        }
        takenInAll++;
        taken.merge(network, 1, Integer::sum);
        return true;
    }

    /** Gives a taken seat back, once. */
    public synchronized void leave(InetAddress client) {
        takenInAll--;
        taken.computeIfPresent(network(client), (network, n) -> n == 1 ? null : n - 1);
    }

    private static String network(InetAddress client) {
        byte[] address = client.getAddress();
        return HexFormat.of()
                .formatHex(
                        client instanceof Inet6Address
                                ? Arrays.copyOf(address, IPV6_NETWORK_BYTES)
                                : address);
    }
}
