// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Servers of the JDK on a free port of this machine, with and without TLS. */
final class Loopback {
    private Loopback() {}

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static HttpServer http() throws IOException {
        return HttpServer.create(anyPort(), 0);
    }

    /** With a certificate for localhost that it signs itself, and writes to {@code certificate.pem} in the folder. */
    static HttpServer https(Path folder) throws IOException, GeneralSecurityException {
        var keys = Keys.ALL;
        Files.writeString(certificate(folder), pem(keys.getCertificate(Keys.NAME)));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, Keys.PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }

    static Path certificate(Path folder) {
        return folder.resolve("certificate.pem");
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }

    /** Made for the first who asks, since a start of keytool takes longer than the rest of a test. */
    private static final class Keys {
        static final String NAME = "localhost";
        static final String PASSWORD = "made-up";
        static final KeyStore ALL = generated();

        private static KeyStore generated() {
            try {
                var folder = Files.createTempDirectory("keytool");
                var store = folder.resolve("keys.p12");
                try {
                    generate(store);
                    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
                } finally {
                    Files.deleteIfExists(store);
                    Files.delete(folder);
                }
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stop);
            }
        }

        private static void generate(Path store) throws IOException, InterruptedException {
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            NAME,
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            try (var said = process.inputReader()) {
                var words = said.lines().toList();
                assertThat(process.waitFor()).as(String.join("\n", words)).isZero();
            }
        }
    }
}
