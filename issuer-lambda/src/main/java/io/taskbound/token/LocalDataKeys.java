// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.digest.Base64Url;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Data keys made from one key in this process: for the local server, the demo and tests. The Lambda function has
 * {@link KmsDataKeys}, whose key nobody can read. A data key is the HMAC-SHA-256 of random bytes and the token's handle
 * under that key; its sealed form is the random bytes.
 */
public final class LocalDataKeys implements DataKeys {
    private static final int KEY_BYTES = 32;
    private static final String MAC = "HmacSHA256";

    private final SecretKey key;

    private LocalDataKeys(byte[] key) {
        this.key = new SecretKeySpec(key, MAC);
    }

    /** By a new key that ends with the process: what was sealed does not open in another one. */
    public static LocalDataKeys generate() {
        return new LocalDataKeys(random());
    }

    /**
     * By the key in this file, made on first use and readable only by its owner: 32 random bytes in base64.
     *
     * @throws IOException when the file cannot be read or written, or holds no such key; its content is in no message
     */
    public static LocalDataKeys loadOrCreate(Path file) throws IOException {
        var text = OwnersFile.readOrCreate(file, () -> Base64.getEncoder().encodeToString(random()) + "\n");
        try {
            var key = Base64.getDecoder().decode(text.strip());
            if (key.length == KEY_BYTES) {
                return new LocalDataKeys(key);
            }
        } catch (IllegalArgumentException notBase64) {
            // The cause is left out on purpose: decoders quote what they read.
        }
        throw new IOException(file + " holds no 256-bit key in base64; move it away to start with a new one");
    }

    @Override
    public DataKey generate(Jti handle) {
        var salt = random();
        return new DataKey(derived(handle, salt), Base64.getEncoder().encodeToString(salt));
    }

    /** Any 32 bytes open some key; what was sealed under another one does not open with it. */
    @Override
    public SecretKey open(Jti handle, String sealed) throws SignerUnavailable {
        try {
            var salt = Base64.getDecoder().decode(sealed);
            if (salt.length == KEY_BYTES) {
                return derived(handle, salt);
            }
        } catch (IllegalArgumentException notBase64) {
            // The cause is left out on purpose: decoders quote what they read.
        }
        throw new SignerUnavailable(
                SignerUnavailable.Why.WRONG_KIND, "the key of a credential is not what was sealed for this token");
    }

    private SecretKey derived(Jti handle, byte[] salt) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(("taskbound:credential\n" + handle + "\n").getBytes(StandardCharsets.US_ASCII));
            return new SecretKeySpec(mac.doFinal(salt), "AES");
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static byte[] random() {
        return Base64Url.decode(Base64Url.random(KEY_BYTES)).orElseThrow();
    }

    @Override
    public String toString() {
        return "LocalDataKeys";
    }
}
