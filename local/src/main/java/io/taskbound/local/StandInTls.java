// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for one host name, signed by nobody that a JVM trusts: a company's own certificate authority. */
public final class StandInTls {
    private static final String ALIAS = "stand-in";
    private static final String PASSWORD = "made-up";

    private final KeyStore keys;

    private StandInTls(KeyStore keys) {
        this.keys = keys;
    }

    /** A new key and its certificate for {@code localhost}. */
    public static StandInTls generate() {
        return generate("localhost");
    }

    /** A new key and its certificate for a host of that name. */
    public static StandInTls generate(String host) {
        try {
            var folder = Files.createTempDirectory("stand-in-tls");
            var store = folder.resolve("keys.p12");
            try {
                keytool(host, store);
                return new StandInTls(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()));
            } finally {
                Files.deleteIfExists(store);
                Files.delete(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("keytool made no certificate", e);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a certificate was made", stop);
        }
    }

    private static void keytool(String host, Path store) throws IOException, InterruptedException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var said = process.inputReader()) {
            var words = said.lines().toList();
            if (process.waitFor() != 0) {
                throw new IOException(String.join("\n", words));
            }
        }
    }

    /** The certificate as a file of a certificate authority has it. */
    public String pem() {
        try {
            var lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(keys.getCertificate(ALIAS).getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLContext context() {
        try {
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
