package io.github.wikiflow.http.jetty;

import io.github.wikiflow.http.RequestPolicy;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * What the servers of all processes have in common: who may ask, what every answer says, and how
 * long anything may take. No client can hold a thread.
 */
public final class GuardedServer {

    /** The attribute of a request that holds the client's {@link java.net.InetAddress}. */
    public static final String CLIENT = "io.github.wikiflow.http.client";

    /** How long all of a request, or all of an answer that is no stream, may take. */
    private static final Duration LONGEST_EXCHANGE = Duration.ofSeconds(30);

    private static final int MAX_HEADER_BYTES = 8 * 1024;

    private GuardedServer() {}

    /**
     * Puts the guard before the server's handlers; to be called before it starts.
     *
     * @param contentPolicy the content security policy of all answers
     */
    public static void guard(
            Server server, RequestPolicy policy, TrustedProxies proxies, String contentPolicy) {
        guard(server, policy, proxies, contentPolicy, LONGEST_EXCHANGE);
    }

    static void guard(
            Server server,
            RequestPolicy policy,
            TrustedProxies proxies,
            String contentPolicy,
            Duration longestExchange) {
        RequestGuard guard = new RequestGuard(policy, proxies, contentPolicy, longestExchange);
        server.insertHandler(guard);
        server.setErrorHandler(new JsonErrors(guard));
    }

    /**
     * A connector with limits.
     *
     * @param http for this connector alone
     * @param idleTimeout how long a connection may be silent, or take nothing that is sent to it
     * @param maxConnections how many there may be; further ones wait
     */
    public static ServerConnector connector(
            Server server,
            HttpConfiguration http,
            InetSocketAddress address,
            Duration idleTimeout,
            int maxConnections) {
        return connector(server, http, address, idleTimeout, maxConnections, LONGEST_EXCHANGE);
    }

    static ServerConnector connector(
            Server server,
            HttpConfiguration http,
            InetSocketAddress address,
            Duration idleTimeout,
            int maxConnections,
            Duration longestExchange) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        ServerConnector connector =
                new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(idleTimeout.toMillis());
        connector.addBean(new SlowRequests(connector, longestExchange.dividedBy(3)));
        connector.addBean(new NetworkConnectionLimit(maxConnections, connector));
        return connector;
    }
}
