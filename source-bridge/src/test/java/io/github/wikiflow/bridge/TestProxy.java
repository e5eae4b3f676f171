package io.github.wikiflow.bridge;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A small HTTP proxy that wants a login. By {@code CONNECT} it leads to one server, and for plain
 * requests to another, whatever the name of the host.
 */
final class TestProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final String authorization;
    private final int connectPort;
    private final int plainPort;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();

    /**
     * @param login user and password with a colon between
     * @param connectPort where {@code CONNECT} leads to, on this machine
     * @param plainPort who answers plain requests
     */
    TestProxy(String login, int connectPort, int plainPort) throws IOException {
        this.authorization =
                "Proxy-Authorization: Basic "
                        + Base64.getEncoder()
                                .encodeToString(login.getBytes(StandardCharsets.UTF_8));
        this.connectPort = connectPort;
        this.plainPort = plainPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept).start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The first lines of the requests that came with the right login. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open.keySet()) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.put(client, true);
                daemon(() -> serve(client)).start();
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            if (!head.contains(authorization + "\r\n")) {
                answer(
                        client,
                        "HTTP/1.1 407 Proxy Authentication Required\r\n"
                                + "Proxy-Authenticate: Basic realm=\"test\"\r\n"
                                + "Connection: close\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            requests.add(head.substring(0, head.indexOf("\r\n")));
            boolean connect = head.startsWith("CONNECT ");
            try (Socket server =
                    new Socket(
                            InetAddress.getLoopbackAddress(), connect ? connectPort : plainPort)) {
                open.put(server, true);
                if (connect) {
                    answer(client, "HTTP/1.1 200 OK\r\n\r\n");
                } else {
                    answer(server, head);
                }
                Thread upwards = daemon(() -> copy(in, server));
                upwards.start();
                copy(server.getInputStream(), client);
            }
        } catch (IOException e) {
            // One of the two has gone.
            return;
        }
    }

    private static void copy(InputStream in, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8_192];
            int count;
            while ((count = in.read(buffer)) >= 0) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // One of the two has gone.
            return;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int next;
        while (head.indexOf("\r\n\r\n") < 0 && (next = in.read()) >= 0) {
            head.append((char) next);
        }
        return head.toString();
    }

    private static void answer(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        to.getOutputStream().flush();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "test-proxy");
        thread.setDaemon(true);
        return thread;
    }
}
