// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Secrets of hooks that KMS has encrypted, each bound to its table, its hook and its own id by the encryption context:
 * what was sealed for another issuer, or for another hook, does not open.
 */
public final class SealedSecrets {
    private static final String TABLE = "taskbound:table";
    private static final String HOOK = "taskbound:hook";
    private static final String SECRET = "taskbound:secret";

    private final KmsClient kms;
    private final String keyArn;
    private final String table;

    /** @param keyArn a symmetric KMS key, usage ENCRYPT_DECRYPT */
    public SealedSecrets(KmsClient kms, String keyArn, String table) {
        this.kms = kms;
        this.keyArn = keyArn;
        this.table = table;
    }

    /**
     * Seals it ({@code kms:Encrypt}).
     *
     * @return what KMS made of it, in base64
     */
    public String seal(String hook, String id, String secret) throws SignerUnavailable {
        try {
            var plain = SdkBytes.fromString(secret, StandardCharsets.UTF_8);
            var answer = kms.encrypt(request ->
                    request.keyId(keyArn).encryptionContext(context(hook, id)).plaintext(plain));
            return Base64.getEncoder().encodeToString(answer.ciphertextBlob().asByteArray());
        } catch (SdkException refused) {
            throw KmsSigner.unavailable("KMS did not seal the secret; check kms:Encrypt and the key's policy", refused);
        }
    }

    /** Opens it ({@code kms:Decrypt}). */
    public String open(String hook, String id, String sealed) throws SignerUnavailable {
        try {
            var blob = SdkBytes.fromByteArray(Base64.getDecoder().decode(sealed));
            var answer = kms.decrypt(request ->
                    request.keyId(keyArn).encryptionContext(context(hook, id)).ciphertextBlob(blob));
            return answer.plaintext().asUtf8String();
        } catch (SdkException refused) {
            throw KmsSigner.unavailable("KMS did not open the secret of a hook", refused);
        } catch (IllegalArgumentException notSealed) {
            // The cause is left out on purpose: decoders quote what they read.
            throw new SignerUnavailable(
                    SignerUnavailable.Why.WRONG_KIND, "the secret of a hook is not what KMS sealed");
        }
    }

    private Map<String, String> context(String hook, String id) {
        return Map.of(TABLE, table, HOOK, hook, SECRET, id);
    }
}
