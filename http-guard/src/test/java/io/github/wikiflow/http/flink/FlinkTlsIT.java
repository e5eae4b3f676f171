package io.github.wikiflow.http.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.http.RawExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flink with TLS at every port, as docs/security.md sets it, on a Java without the cipher that is
 * its default.
 */
class FlinkTlsIT {

    private static final String PASSWORD = "for-this-test";

    /** As the documentation says. */
    private static final String ALGORITHMS =
            "TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";

    @TempDir private Path folder;

    @Test
    void runsAJobAndAsksClientsForACertificate() throws Exception {
        String disabled = "jdk.tls.disabledAlgorithms";
        String before = Security.getProperty(disabled);
        // As updates of Java have it from 17.0.18 on.
        Security.setProperty(disabled, before + ", TLS_RSA_WITH_AES_128_CBC_SHA");
        MiniCluster cluster = build();
        try {
            cluster.start();
            int port = cluster.getRestAddress().get().getPort();

            cluster.executeJobBlocking(job());
            assertThat(cluster.listJobs().get())
                    .extracting(job -> job.getJobState())
                    .containsExactly(JobStatus.FINISHED);

            assertThat(ask(port, true, "localhost")).startsWith("HTTP/1.1 200");
            assertThat(ask(port, true, "evil.example")).startsWith("HTTP/1.1 421");
            assertThatThrownBy(() -> ask(port, false, "localhost")).isInstanceOf(IOException.class);
            assertThat(RawExchange.ask(port, "GET", "/overview", "Host: localhost").body())
                    .doesNotContain("slots");
        } finally {
            cluster.close();
            Security.setProperty(disabled, before);
        }
    }

    private MiniCluster build() throws Exception {
        Path store = keyStore();
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.setString("security.ssl.algorithms", ALGORITHMS);
        configuration.setString("security.ssl.rest.authentication-enabled", "true");
        for (String part : List.of("internal", "rest")) {
            String prefix = "security.ssl." + part + ".";
            configuration.setString(prefix + "enabled", "true");
            configuration.setString(prefix + "keystore", store.toString());
            configuration.setString(prefix + "keystore-password", PASSWORD);
            configuration.setString(prefix + "key-password", PASSWORD);
            configuration.setString(prefix + "truststore", store.toString());
            configuration.setString(prefix + "truststore-password", PASSWORD);
        }
        return new MiniCluster(
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(configuration)
                        // Each with ports of its own, so that they meet as processes do.
                        .setRpcServiceSharing(RpcServiceSharing.DEDICATED)
                        .setNumTaskManagers(2)
                        .setNumSlotsPerTaskManager(1)
                        .build());
    }

    /** Two tasks in two TaskManagers that exchange what they have. */
    private static JobGraph job() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.fromSequence(1, 10_000)
                .keyBy(number -> number % 7)
                .reduce(Long::sum)
                .sinkTo(new DiscardingSink<>());
        return env.getStreamGraph().getJobGraph();
    }

    /** One key for everybody, which all trust: that is how Flink's processes know each other. */
    private Path keyStore() throws IOException, InterruptedException {
        Path store = folder.resolve("flink.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "flink",
                                "-dname",
                                "CN=flink",
                                "-ext",
                                "SAN=dns:localhost,ip:127.0.0.1",
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        String output =
                new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
        assertThat(keytool.waitFor()).as(output).isZero();
        return store;
    }

    private String ask(int port, boolean withCertificate, String host) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("flink.p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        List<KeyManager> own = new ArrayList<>();
        if (withCertificate) {
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD.toCharArray());
            own.addAll(List.of(factory.getKeyManagers()));
        }
        TrustManagerFactory trusted =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("flink", keys.getCertificate("flink"));
        trusted.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.toArray(KeyManager[]::new), trusted.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(
                            "GET /overview HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                    .formatted(host)
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
