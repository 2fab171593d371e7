// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificate authorities that a provider's host must be certified by, instead of those that the JVM knows: a
 * company's own. Part of the policy, so that whoever reviews it sees who can speak for the provider.
 *
 * @param pem certificates alone, as {@link #canonical} writes them
 */
public record PrivateCa(String pem) {
    /** Some twenty certificates. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";

    public PrivateCa {
        flaw(pem).ifPresent(flaw -> {
            throw new IllegalArgumentException(flaw);
        });
    }

    /** What is wrong with such a text; empty when it can be used. */
    public static Optional<String> flaw(String pem) {
        var blocks = BLOCK.matcher(pem).results().toList();
        if (blocks.stream().anyMatch(block -> block.group(1).endsWith("PRIVATE KEY"))) {
            return Optional.of("holds a private key");
        }
        if (blocks.isEmpty()
                || !blocks.stream().allMatch(block -> block.group(1).equals(CERTIFICATE))) {
            return Optional.of("holds no certificates in PEM form, or something else as well");
        }
        try {
            certificates(pem);
            return Optional.empty();
        } catch (CertificateException | IllegalArgumentException unreadable) {
            return Optional.of("holds a certificate that cannot be read");
        }
    }

    /** The same certificates without the comments that stand between them in many files. */
    public static String canonical(String pem) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        var text = new StringBuilder();
        BLOCK.matcher(pem)
                .results()
                .forEach(block -> text.append("-----BEGIN CERTIFICATE-----\n")
                        .append(lines.encodeToString(der(block.group(2))))
                        .append("\n-----END CERTIFICATE-----\n"));
        return text.toString();
    }

    private static byte[] der(String base64) {
        return Base64.getDecoder().decode(base64.replaceAll("\\s", "").getBytes(US_ASCII));
    }

    private static List<X509Certificate> certificates(String pem) throws CertificateException {
        var factory = CertificateFactory.getInstance("X.509");
        var certificates = new ArrayList<X509Certificate>();
        for (var block : BLOCK.matcher(pem).results().toList()) {
            certificates.add(
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der(block.group(2)))));
        }
        return certificates;
    }

    /** How many authorities there are. */
    public int size() {
        return (int) BLOCK.matcher(pem).results().count();
    }

    /** Connections to hosts that one of these authorities has certified, and no others. */
    public SSLSocketFactory sockets() throws IOException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : certificates(pem)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException refusedByTheJdk) {
            throw new KeysOutOfReach(
                    KeyTrouble.Kind.TLS, "the JVM does not take the certificates of ca_file", refusedByTheJdk);
        }
    }
}
