package io.github.wikiflow.bridge;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Serves by TLS, under the name {@value #HOST}, what another server says without. */
final class TlsServer implements AutoCloseable {

    static final String HOST = "stream.test";

    private static final String PASSWORD = "changeit";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path keys;

    /**
     * @param folder for its keys
     * @param origin what is asked
     * @param redirect where it sends everybody instead; null to answer
     */
    TlsServer(Path folder, URI origin, String redirect) throws Exception {
        keys = folder.resolve("keys.p12");
        if (!Files.exists(keys)) {
            generate(keys);
        }
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    if (redirect != null) {
                        exchange.getResponseHeaders().set("Location", redirect);
                        exchange.sendResponseHeaders(302, -1);
                        exchange.close();
                        return;
                    }
                    HttpURLConnection asked =
                            (HttpURLConnection)
                                    origin.resolve(exchange.getRequestURI())
                                            .toURL()
                                            .openConnection();
                    asked.setRequestProperty(
                            "User-Agent", exchange.getRequestHeaders().getFirst("User-Agent"));
                    exchange.getResponseHeaders().set("Content-Type", asked.getContentType());
                    exchange.sendResponseHeaders(asked.getResponseCode(), 0);
                    try (InputStream in = asked.getInputStream();
                            OutputStream out = exchange.getResponseBody()) {
                        byte[] buffer = new byte[8_192];
                        int count;
                        while ((count = in.read(buffer)) >= 0) {
                            out.write(buffer, 0, count);
                            out.flush();
                        }
                    }
                });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What a JVM needs to trust it. */
    List<String> javaOptions() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + keys,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** Two entries of one store: as a key, and as a certificate, which is what makes it trusted. */
    private static void generate(Path keys) throws Exception {
        Path certificate = keys.resolveSibling("certificate.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + HOST,
                "-ext",
                "san=dns:" + HOST,
                "-keystore",
                keys.toString());
        keytool(
                "-exportcert",
                "-alias",
                "server",
                "-rfc",
                "-file",
                certificate.toString(),
                "-keystore",
                keys.toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "trusted",
                "-file",
                certificate.toString(),
                "-keystore",
                keys.toString());
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool failed: " + command.get(1));
        }
    }
}
