// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import io.taskbound.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that a CI system and this issuer share. Comparisons take the same time whatever differs. Silent in
 * {@link #toString}.
 */
public final class HookSecret {
    private static final String HMAC = "HmacSHA256";

    private final byte[] octets;

    private HookSecret(byte[] octets) {
        this.octets = octets;
    }

    /** @throws IllegalArgumentException when the text is empty: that would be everybody's secret */
    public static HookSecret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        return new HookSecret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether this is HMAC-SHA256 (RFC 2104) of the parts, one after the other, under this secret. */
    boolean signed(byte[] signature, byte[]... parts) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(octets, HMAC));
            for (var part : parts) {
                mac.update(part);
            }
            return MessageDigest.isEqual(mac.doFinal(), signature);
        } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Whether the text is this secret; hashed first, so that not even its length shows in the time. */
    boolean is(String text) {
        return MessageDigest.isEqual(Sha256.of(octets), Sha256.of(text));
    }

    @Override
    public String toString() {
        return "HookSecret[secret]";
    }
}
