package io.github.wikiflow.sandbox.kafka;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.tls.SelfSignedKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * An {@link EmbeddedKafka} that is closed as one in production is: clients come by TLS, log in with
 * SCRAM-SHA-512, and may do only what an ACL allows them. Its certificate is made anew at each
 * start, its users have passwords of no meaning elsewhere.
 *
 * <p>Thread-safe.
 */
public final class SecuredKafka implements AutoCloseable {

    private static final String SUPER_USER = "administrator";
    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final int ITERATIONS = 4_096;
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(15);
    private static final long RETRY_MILLIS = 20;

    private final EmbeddedKafka kafka;
    private final Path certificate;
    private final Admin admin;

    private SecuredKafka(EmbeddedKafka kafka, Path certificate, Properties administrator) {
        this.kafka = kafka;
        this.certificate = certificate;
        this.admin = Admin.create(administrator);
    }

    /**
     * Starts a broker on a free port.
     *
     * @param folder for its data and its keys
     * @throws OperationException if it does not start
     */
    public static SecuredKafka start(Path folder) {
        String secret = password();
        SelfSignedKey key = SelfSignedKey.make(folder, "broker");
        Path certificate = key.certificate();
        Map<String, String> administrator = login(SUPER_USER, secret, certificate);
        EmbeddedKafka kafka =
                EmbeddedKafka.start(
                        folder.resolve("data"),
                        0,
                        settings(key, secret),
                        List.of(
                                "%s=[name=%s,password=%s]"
                                        .formatted(MECHANISM, SUPER_USER, secret)),
                        administrator);
        Properties client = new Properties();
        client.putAll(administrator);
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return new SecuredKafka(kafka, certificate, client);
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** A client that may do everything; closed with the broker. */
    public Admin administrator() {
        return admin;
    }

    /** The certificate that clients trust, as PEM. */
    public Path certificate() {
        return certificate;
    }

    /**
     * Creates a user who may do nothing yet.
     *
     * @return what a client needs to log in, the brokers' addresses excepted
     */
    public Properties addUser(String name, String password)
            throws InterruptedException, ExecutionException {
        admin.alterUserScramCredentials(
                        List.of(
                                new UserScramCredentialUpsertion(
                                        name,
                                        new ScramCredentialInfo(
                                                ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                                        password)))
                .all()
                .get();
        Properties properties = new Properties();
        properties.putAll(login(name, password, certificate));
        return properties;
    }

    /** Grants rights. The broker knows of them when this returns. */
    public void grant(Collection<AclBinding> rights)
            throws InterruptedException, ExecutionException {
        admin.createAcls(rights).all().get();
        // The controller has them now; the broker, which answers clients, a moment later.
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (!admin.describeAcls(AclBindingFilter.ANY).values().get().containsAll(rights)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "the rights are not there within " + KNOWN_WITHIN + ": " + rights);
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
    }

    /** The rights that users have really used until now. */
    public Set<RecordingAuthorizer.Use> usedRights() {
        return RecordingAuthorizer.uses();
    }

    @Override
    public void close() {
        admin.close();
        kafka.close();
    }

    private static Map<String, String> settings(SelfSignedKey key, String secret) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", MECHANISM);
        settings.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
        settings.put(
                "listener.name.clients.scram-sha-512.sasl.jaas.config", jaas(SUPER_USER, secret));
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", key.store().toString());
        settings.put("ssl.keystore.password", key.password());
        settings.put("ssl.key.password", key.password());
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", key.certificate().toString());
        settings.put("authorizer.class.name", RecordingAuthorizer.class.getName());
        // The controller's listener is used by this broker alone and asks nobody who he is.
        settings.put("super.users", "User:%s;User:ANONYMOUS".formatted(SUPER_USER));
        return settings;
    }

    private static Map<String, String> login(String user, String password, Path certificate) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                jaas(user, password),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificate.toString());
    }

    private static String jaas(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, password);
    }

    private static String password() {
        return UUID.randomUUID().toString();
    }
}
