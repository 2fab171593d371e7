// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.digest.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * The keys of GitHub Apps with KMS: sealed under a key of KMS and bound to table and App by the encryption context, so
 * that what was sealed for another issuer or another App does not open; or in KMS itself, which signs and never lets
 * them out.
 */
public final class KmsAppKeys {
    private static final String TABLE = "taskbound:table";
    private static final String APP = "taskbound:github-app";

    private final KmsClient kms;
    private final String sealingKey;
    private final String table;

    /** @param sealingKey a symmetric KMS key, usage ENCRYPT_DECRYPT, by ARN or alias */
    public KmsAppKeys(KmsClient kms, String sealingKey, String table) {
        this.kms = kms;
        this.sealingKey = sealingKey;
        this.table = table;
    }

    /**
     * Seals a private key ({@code kms:Encrypt}).
     *
     * @param pkcs8 DER
     * @return what KMS made of it, in base64
     */
    public String seal(String appId, byte[] pkcs8) throws SignerUnavailable {
        try {
            var answer = kms.encrypt(request -> request.keyId(sealingKey)
                    .encryptionContext(context(appId))
                    .plaintext(SdkBytes.fromByteArray(pkcs8)));
            return Base64.getEncoder().encodeToString(answer.ciphertextBlob().asByteArray());
        } catch (SdkException refused) {
            throw KmsSigner.unavailable(
                    "KMS did not seal the App's key; check kms:Encrypt and the key's policy", refused);
        }
    }

    /** Opens it ({@code kms:Decrypt}); it then is in this process's memory for as long as the signer is. */
    public AppSigner open(String appId, String sealed) throws SignerUnavailable {
        try {
            var blob = SdkBytes.fromByteArray(Base64.getDecoder().decode(sealed));
            var answer = kms.decrypt(request ->
                    request.keyId(sealingKey).encryptionContext(context(appId)).ciphertextBlob(blob));
            var pkcs8 = answer.plaintext().asByteArray();
            try {
                return RsaAppSigner.of(pkcs8);
            } finally {
                Arrays.fill(pkcs8, (byte) 0);
            }
        } catch (InvalidCiphertextException | IllegalArgumentException notSealed) {
            // The cause is left out on purpose: decoders quote what they read.
            throw new SignerUnavailable(
                    SignerUnavailable.Why.WRONG_KIND, "the App's key is not what KMS sealed for this table and App");
        } catch (SdkException refused) {
            throw KmsSigner.unavailable("KMS did not open the App's key", refused);
        }
    }

    /**
     * The key that KMS has by this ARN; each signature is one request ({@code kms:Sign}) with the digest alone. Whether
     * there is such a key shows at the first.
     */
    public AppSigner inKms(String arn) {
        return signingInput -> {
            try {
                var digest = SdkBytes.fromByteArray(Sha256.of(signingInput));
                var answer = kms.sign(request -> request.keyId(arn)
                        .message(digest)
                        .messageType(MessageType.DIGEST)
                        .signingAlgorithm(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256));
                return answer.signature().asByteArray();
            } catch (SdkException refused) {
                throw KmsSigner.unavailable(
                        "KMS did not sign for the App; check kms:Sign, and that its key is of spec RSA_2048 or longer",
                        refused);
            }
        };
    }

    private Map<String, String> context(String appId) {
        return Map.of(TABLE, table, APP, appId);
    }
}
