// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.digest.Sha256;
import io.taskbound.token.AppSigner;
import io.taskbound.token.RsaAppSigner;
import io.taskbound.token.SignerUnavailable;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/** The private key of an App, read from the file that GitHub gave out. Silent in {@link #toString}. */
final class AppKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final String PKCS1 = "RSA PRIVATE KEY";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final byte[] TRIAL = "taskbound".getBytes(US_ASCII);

    private static final String REMEDY =
            "GitHub gives the right file: on the App's page, Private keys, Generate a" + " private key.";

    private final RSAPrivateCrtKey key;
    private final PublicKey publicKey;

    private AppKey(RSAPrivateCrtKey key, PublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /**
     * @param text PEM, PKCS#1 or PKCS#8
     * @param source names it in a complaint
     */
    static AppKey read(String text, String source) throws Complaint {
        var block = BLOCK.matcher(text);
        if (!block.find()) {
            throw Complaint.usage(source + " is not a PEM file.", REMEDY);
        }
        var label = block.group(1);
        var body = block.group(2);
        if (block.find()) {
            throw Complaint.usage(source + " holds more than one PEM block.", "It should hold the private key alone.");
        }
        if (label.equals("ENCRYPTED PRIVATE KEY") || body.contains("ENCRYPTED")) {
            throw Complaint.usage(
                    "The private key in " + source + " is encrypted with a password.",
                    "Decrypt it first, such as with `openssl pkcs8`, or generate a new key at GitHub.");
        }
        if (!label.equals(PKCS1) && !label.equals(PKCS8)) {
            throw Complaint.usage(source + " holds no RSA private key, but: " + label + ".", REMEDY);
        }
        try {
            var der = Base64.getMimeDecoder().decode(body);
            return of(label.equals(PKCS1) ? wrapped(der) : der);
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException damaged) {
            // The cause is left out on purpose: parsers quote what they read.
            throw Complaint.usage(source + " holds no RSA private key that can be read.", REMEDY);
        }
    }

    private static AppKey of(byte[] pkcs8) throws GeneralSecurityException, Complaint {
        var rsa = KeyFactory.getInstance("RSA");
        var key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        if (key.getModulus().bitLength() < RsaAppSigner.LEAST_BITS) {
            throw Complaint.usage(
                    "The key has " + key.getModulus().bitLength() + " bits, and an App's key has at least "
                            + RsaAppSigner.LEAST_BITS + ".",
                    REMEDY);
        }
        var made = new AppKey(key, rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
        try {
            if (!made.isSignedBy(RsaAppSigner.of(made.pkcs8()))) {
                throw new GeneralSecurityException("its numbers do not belong together");
            }
        } catch (SignerUnavailable damaged) {
            throw new GeneralSecurityException(damaged);
        }
        return made;
    }

    /** PKCS#8 is PKCS#1 with the algorithm's name before it. */
    private static byte[] wrapped(byte[] pkcs1) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(new byte[] {2, 1, 0});
        content.writeBytes(
                new byte[] {0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0});
        content.writeBytes(tagged(4, pkcs1));
        return tagged(0x30, content.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length & 0xff);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    byte[] pkcs8() {
        return key.getEncoded();
    }

    int bits() {
        return key.getModulus().bitLength();
    }

    /** As GitHub shows a key on the App's page. */
    String fingerprint() {
        return "SHA256:" + Base64.getEncoder().encodeToString(Sha256.of(publicKey.getEncoded()));
    }

    /** Whether that key is this one, by a signature of it. */
    boolean isSignedBy(AppSigner signer) throws SignerUnavailable {
        try {
            var check = Signature.getInstance("SHA256withRSA");
            check.initVerify(publicKey);
            check.update(TRIAL);
            return check.verify(signer.sign(TRIAL));
        } catch (GeneralSecurityException anotherLength) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "AppKey[" + fingerprint() + "]";
    }
}
