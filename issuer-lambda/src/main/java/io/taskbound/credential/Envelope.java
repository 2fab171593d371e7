// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.digest.Base64Url;
import io.taskbound.token.DataKeys;
import io.taskbound.token.Jti;
import io.taskbound.token.SignerUnavailable;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals what is kept of a credential: AES-256-GCM under a key of the record's own, bound to its table and its token. A
 * text that was changed in any place, or that belongs to another token or table, does not open.
 */
public final class Envelope {
    /** First in every text, so that a later form can be told from this one. */
    private static final String VERSION = "1";

    private static final String SEPARATOR = ".";
    private static final int PARTS = 3;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final DataKeys keys;
    private final String table;

    /** @param table the ledger that the records are in: what is moved into another one does not open there */
    public Envelope(DataKeys keys, String table) {
        this.keys = keys;
        this.table = table;
    }

    /**
     * Text for the record: the version, the sealed key, and nonce and ciphertext, with dots between them.
     *
     * @throws SignerUnavailable when there is no key to seal with now; nothing was sealed
     */
    public String seal(Jti handle, String secret) throws SignerUnavailable {
        var key = keys.generate(handle);
        var nonce = new byte[NONCE_BYTES];
        // None is kept: a snapshot of the process must hold no randomness.
        new SecureRandom().nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, key.plain(), nonce, bound(handle, key.sealed()))
                    .doFinal(secret.getBytes(UTF_8));
            var body = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return VERSION + SEPARATOR + key.sealed() + SEPARATOR + Base64Url.encode(body);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /**
     * What was sealed for this token.
     *
     * @throws SignerUnavailable when the key cannot be opened now, and ({@code WRONG_KIND}) when the text is not what
     *     was sealed for this token in this table
     */
    public String open(Jti handle, String sealed) throws SignerUnavailable {
        var parts = sealed.split("\\.", -1);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            throw notSealedHere();
        }
        var body = Base64Url.decode(parts[2])
                .filter(bytes -> bytes.length >= NONCE_BYTES + TAG_BYTES)
                .orElseThrow(Envelope::notSealedHere);
        var key = keys.open(handle, parts[1]);
        try {
            var nonce = Arrays.copyOf(body, NONCE_BYTES);
            var opened = cipher(Cipher.DECRYPT_MODE, key, nonce, bound(handle, parts[1]))
                    .doFinal(body, NONCE_BYTES, body.length - NONCE_BYTES);
            return new String(opened, UTF_8);
        } catch (AEADBadTagException changed) {
            throw notSealedHere();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    /** Neither handles nor base64 have line breaks, so that no two of these texts are the same. */
    private byte[] bound(Jti handle, String sealedKey) {
        return String.join("\n", "taskbound:credential", VERSION, handle.toString(), sealedKey, table)
                .getBytes(UTF_8);
    }

    /** No cause on purpose: it could quote what it read. */
    private static SignerUnavailable notSealedHere() {
        return new SignerUnavailable(
                SignerUnavailable.Why.WRONG_KIND, "what is kept of a credential was not sealed for this token");
    }
}
