// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.nimbusds.jose.jwk.ECKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Private keys that KMS has encrypted, each bound to its table and key id by the encryption context: what was sealed
 * for another issuer, or under another id, does not open.
 */
public final class SealedKeys {
    private static final String TABLE = "taskbound:table";
    private static final String KEY_ID = "taskbound:kid";
    private final KmsClient kms;
    private final String keyArn;
    private final String table;

    /** @param keyArn a symmetric KMS key, usage ENCRYPT_DECRYPT */
    public SealedKeys(KmsClient kms, String keyArn, String table) {
        this.kms = kms;
        this.keyArn = keyArn;
        this.table = table;
    }

    /**
     * A sealed private key.
     *
     * @param secret what KMS made of it, in base64
     */
    public record Sealed(String keyId, String secret) {}

    /** Makes a new key and seals it ({@code kms:Encrypt}); it is nowhere else. */
    public Sealed make() throws SignerUnavailable {
        var key = LocalSigner.newKey();
        var keyId = PublicKeySet.keyId(key);
        try {
            var plain = SdkBytes.fromString(key.toJSONString(), StandardCharsets.UTF_8);
            var answer = kms.encrypt(request ->
                    request.keyId(keyArn).encryptionContext(context(keyId)).plaintext(plain));
            return new Sealed(
                    keyId,
                    Base64.getEncoder().encodeToString(answer.ciphertextBlob().asByteArray()));
        } catch (SdkException refused) {
            throw new SignerUnavailable("KMS did not seal the key; check kms:Encrypt and the key's policy", refused);
        }
    }

    /** Opens it ({@code kms:Decrypt}), once for each process that signs. */
    public LocalSigner open(String secret, String keyId) throws SignerUnavailable {
        try {
            var blob = SdkBytes.fromByteArray(Base64.getDecoder().decode(secret));
            var answer = kms.decrypt(request ->
                    request.keyId(keyArn).encryptionContext(context(keyId)).ciphertextBlob(blob));
            return LocalSigner.of(ECKey.parse(answer.plaintext().asUtf8String()));
        } catch (SdkException refused) {
            throw KmsSigner.unavailable("KMS did not open the sealed key", refused);
        } catch (ParseException | IllegalArgumentException notAKey) {
            // The cause is left out on purpose: parsers quote what they read.
            throw new SignerUnavailable(SignerUnavailable.Why.WRONG_KIND, "what was sealed is not a P-256 private key");
        }
    }

    private Map<String, String> context(String keyId) {
        return Map.of(TABLE, table, KEY_ID, keyId);
    }
}
