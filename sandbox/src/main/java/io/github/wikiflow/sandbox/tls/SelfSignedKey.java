package io.github.wikiflow.sandbox.tls;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A key for TLS on loopback and its certificate, which it has signed itself, with a password of no
 * meaning elsewhere.
 *
 * @param store the key and its certificate, as PKCS12
 * @param certificate the certificate alone, as PEM
 * @param password of the store and of the key
 */
public record SelfSignedKey(Path store, Path certificate, String password) {

    private static final long KEYTOOL_SECONDS = 60;

    /**
     * Makes one that is valid for two days.
     *
     * @param folder for its files; created when missing
     * @param name of the files, and of the key in its store
     * @throws OperationException if it cannot be made
     */
    public static SelfSignedKey make(Path folder, String name) {
        SelfSignedKey key =
                new SelfSignedKey(
                        folder.resolve(name + ".p12"),
                        folder.resolve(name + ".pem"),
                        UUID.randomUUID().toString());
        try {
            Files.createDirectories(folder);
            key.runKeytool(name);
            Files.writeString(
                    key.certificate,
                    """
                    -----BEGIN CERTIFICATE-----
                    %s
                    -----END CERTIFICATE-----
                    """
                            .formatted(
                                    Base64.getMimeEncoder()
                                            .encodeToString(
                                                    key.load().getCertificate(name).getEncoded())));
        } catch (IOException | GeneralSecurityException e) {
            throw new OperationException("cannot make keys in %s (%s)".formatted(folder, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted while making keys", e);
        }
        return key;
    }

    /** What the store holds. */
    public KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password.toCharArray());
        }
        return keys;
    }

    /** The JDK makes certificates by this tool only. */
    private void runKeytool(String alias) throws IOException, InterruptedException {
        ProcessBuilder keytool =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass:env",
                        "STORE_PASSWORD");
        keytool.environment().put("STORE_PASSWORD", password);
        Process process =
                keytool.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool has made no key");
        }
    }
}
