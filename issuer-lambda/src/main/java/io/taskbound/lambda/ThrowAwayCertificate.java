// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of this machine's loopback address, signed by its own key, for a {@link Rehearsal} over TLS. Only who
 * is given its {@link #trust} trusts it, and nobody keeps it.
 */
final class ThrowAwayCertificate {
    private static final char[] NO_SECRET = "rehearsal".toCharArray();
    private static final long YEARS_SECONDS = 315_360_000;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED_CONTEXT = 0xa0;
    /** Among the alternative names, an address. */
    private static final int IP_ADDRESS = CONTEXT + 7;

    private static final byte[] ECDSA_WITH_SHA_256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
    private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = oid(0x55, 0x1d, 0x11);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrivateKey key;
    private final Certificate certificate;

    private ThrowAwayCertificate(PrivateKey key, Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** @param now it is good for ten years before and after, whatever the machine's own clock says */
    static ThrowAwayCertificate of(InetAddress address, Instant now) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var keys = generator.generateKeyPair();
        var signed = signedPart(keys.getPublic().getEncoded(), address.getAddress(), now);
        var ecdsa = Signature.getInstance("SHA256withECDSA");
        ecdsa.initSign(keys.getPrivate());
        ecdsa.update(signed);
        var whole =
                der(SEQUENCE, signed, der(SEQUENCE, ECDSA_WITH_SHA_256), der(BIT_STRING, new byte[1], ecdsa.sign()));
        return new ThrowAwayCertificate(
                keys.getPrivate(),
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole)));
    }

    private static byte[] signedPart(byte[] publicKey, byte[] address, Instant now) {
        var name = der(
                SEQUENCE,
                der(
                        SET,
                        der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, "rehearsal".getBytes(StandardCharsets.US_ASCII)))));
        var names = der(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, der(OCTET_STRING, der(SEQUENCE, der(IP_ADDRESS, address))));
        return der(
                SEQUENCE,
                der(CONSTRUCTED_CONTEXT, der(INTEGER, new byte[] {2})),
                der(INTEGER, new byte[] {1}),
                der(SEQUENCE, ECDSA_WITH_SHA_256),
                name,
                der(SEQUENCE, time(now.minusSeconds(YEARS_SECONDS)), time(now.plusSeconds(YEARS_SECONDS))),
                name,
                publicKey,
                der(CONSTRUCTED_CONTEXT + 3, der(SEQUENCE, names)));
    }

    private static byte[] time(Instant when) {
        return der(GENERALIZED_TIME, TIME.format(when).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... octets) {
        var content = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            content[i] = (byte) octets[i];
        }
        return der(OBJECT_IDENTIFIER, content);
    }

    /** X.690 section 8.1: tag, length, content. */
    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (var part : parts) {
            length += part.length;
        }
        var encoded = new ByteArrayOutputStream();
        encoded.write(tag);
        if (length >= 0x100) {
            encoded.write(0x82);
            encoded.write(length >> 8);
        } else if (length >= 0x80) {
            encoded.write(0x81);
        }
        encoded.write(length);
        for (var part : parts) {
            encoded.writeBytes(part);
        }
        return encoded.toByteArray();
    }

    /** For the side that shows it. */
    SSLContext context() throws GeneralSecurityException, IOException {
        var store = store();
        store.setKeyEntry("rehearsal", key, NO_SECRET, new Certificate[] {certificate});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, NO_SECRET);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** For the other side: trusts this certificate and no other. */
    TrustManager[] trust() throws GeneralSecurityException, IOException {
        var store = store();
        store.setCertificateEntry("rehearsal", certificate);
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers.getTrustManagers();
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }
}
