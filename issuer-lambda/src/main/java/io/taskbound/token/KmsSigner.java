// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.taskbound.digest.Sha256;
import io.taskbound.json.JsonObject;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** A signing key in AWS KMS, which nobody can read: an asymmetric key of spec ECC_NIST_P256, usage SIGN_VERIFY. */
public final class KmsSigner implements TaskSigner {
    private static final int FIELD_BYTES = 32;
    private final KmsClient kms;
    private final String keyArn;
    private final String keyId;
    private final JsonObject publicKeys;

    private KmsSigner(KmsClient kms, String keyArn, ECKey publicKey) {
        this.kms = kms;
        this.keyArn = keyArn;
        this.keyId = PublicKeySet.keyId(publicKey);
        this.publicKeys = PublicKeySet.of(publicKey);
    }

    /**
     * Reads the public half once ({@code kms:GetPublicKey}).
     *
     * @throws SignerUnavailable when KMS does not answer or the key is of another kind; the message names the remedy
     */
    public static KmsSigner open(KmsClient kms, String keyArn) throws SignerUnavailable {
        try {
            var answer = kms.getPublicKey(request -> request.keyId(keyArn));
            if (answer.keySpec() != KeySpec.ECC_NIST_P256 || answer.keyUsage() != KeyUsageType.SIGN_VERIFY) {
                throw new SignerUnavailable(
                        SignerUnavailable.Why.WRONG_KIND,
                        "the KMS key must be of spec ECC_NIST_P256 with usage SIGN_VERIFY; this one is of spec "
                                + answer.keySpecAsString());
            }
            return new KmsSigner(kms, keyArn, publicKey(answer.publicKey().asByteArray()));
        } catch (SdkException unreachable) {
            throw unavailable(
                    "KMS did not give the public key; check kms:GetPublicKey and the key's policy", unreachable);
        }
    }

    static SignerUnavailable unavailable(String what, SdkException failure) {
        return new SignerUnavailable(why(failure), what, failure);
    }

    private static SignerUnavailable.Why why(SdkException failure) {
        if (failure instanceof DisabledException || failure instanceof KmsInvalidStateException) {
            return SignerUnavailable.Why.DISABLED;
        }
        if (failure instanceof InvalidKeyUsageException || failure instanceof UnsupportedOperationException) {
            return SignerUnavailable.Why.WRONG_KIND;
        }
        return failure instanceof NotFoundException ? SignerUnavailable.Why.ABSENT : SignerUnavailable.Why.OUT_OF_REACH;
    }

    private static ECKey publicKey(byte[] der) throws SignerUnavailable {
        try {
            var key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
            return new ECKey.Builder(Curve.P_256, key).build();
        } catch (NoSuchAlgorithmException | InvalidKeySpecException notAKey) {
            throw new SignerUnavailable("KMS gave a public key that cannot be read", notAKey);
        }
    }

    @Override
    public String keyId() {
        return keyId;
    }

    /** One {@code kms:Sign} call on the digest, so that no claim leaves the function. */
    @Override
    public byte[] sign(byte[] signingInput) throws SignerUnavailable {
        try {
            var digest = SdkBytes.fromByteArray(Sha256.of(signingInput));
            var answer = kms.sign(request -> request.keyId(keyArn)
                    .message(digest)
                    .messageType(MessageType.DIGEST)
                    .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256));
            return ECDSA.transcodeSignatureToConcat(answer.signature().asByteArray(), 2 * FIELD_BYTES);
        } catch (SdkException | JOSEException failed) {
            throw new SignerUnavailable("KMS did not sign", failed);
        }
    }

    @Override
    public JsonObject publicKeys() {
        return publicKeys;
    }
}
