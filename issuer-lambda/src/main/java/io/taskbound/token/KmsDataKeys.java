// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/**
 * Data keys of KMS, each bound to its table and token by the encryption context: what was sealed for another issuer, or
 * for another token, does not open.
 */
public final class KmsDataKeys implements DataKeys {
    private static final String TABLE = "taskbound:table";
    private static final String CREDENTIAL = "taskbound:credential";
    private static final int KEY_BYTES = 32;

    private final KmsClient kms;
    private final String keyArn;
    private final String table;

    /** @param keyArn a symmetric KMS key, usage ENCRYPT_DECRYPT */
    public KmsDataKeys(KmsClient kms, String keyArn, String table) {
        this.kms = kms;
        this.keyArn = keyArn;
        this.table = table;
    }

    /** One request ({@code kms:GenerateDataKey}). */
    @Override
    public DataKey generate(Jti handle) throws SignerUnavailable {
        try {
            var answer = kms.generateDataKey(request ->
                    request.keyId(keyArn).keySpec(DataKeySpec.AES_256).encryptionContext(context(handle)));
            return new DataKey(
                    key(answer.plaintext()),
                    Base64.getEncoder().encodeToString(answer.ciphertextBlob().asByteArray()));
        } catch (SdkException refused) {
            throw KmsSigner.unavailable(
                    "KMS made no key for a credential; check kms:GenerateDataKey and the key's policy", refused);
        }
    }

    /** One request ({@code kms:Decrypt}). */
    @Override
    public SecretKey open(Jti handle, String sealed) throws SignerUnavailable {
        try {
            var blob = SdkBytes.fromByteArray(Base64.getDecoder().decode(sealed));
            var answer = kms.decrypt(request ->
                    request.keyId(keyArn).encryptionContext(context(handle)).ciphertextBlob(blob));
            return key(answer.plaintext());
        } catch (InvalidCiphertextException | IncorrectKeyException | IllegalArgumentException notSealed) {
            // The cause is left out on purpose: decoders quote what they read.
            throw new SignerUnavailable(
                    SignerUnavailable.Why.WRONG_KIND, "the key of a credential is not what KMS sealed for this token");
        } catch (SdkException refused) {
            throw KmsSigner.unavailable("KMS did not open the key of a credential", refused);
        }
    }

    private static SecretKey key(SdkBytes plaintext) throws SignerUnavailable {
        var bytes = plaintext.asByteArray();
        try {
            if (bytes.length != KEY_BYTES) {
                throw new SignerUnavailable(
                        SignerUnavailable.Why.WRONG_KIND, "KMS gave a key of another length than 256 bits");
            }
            return new SecretKeySpec(bytes, "AES");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Map<String, String> context(Jti handle) {
        return Map.of(TABLE, table, CREDENTIAL, handle.toString());
    }
}
