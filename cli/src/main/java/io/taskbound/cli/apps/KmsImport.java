// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.cloud.AwsFault;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.token.KmsAppKeys;
import io.taskbound.token.SignerUnavailable;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlgorithmSpec;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.WrappingKeySpec;

/**
 * Brings an App's key into a new key of KMS, which then signs with it and never lets it out. On the way it is wrapped
 * as KMS's RSA_AES_KEY_WRAP_SHA_256 has it: by a key of AES made for this alone, which is encrypted to a key of KMS.
 */
final class KmsImport {
    private static final int AES_BYTES = 32;
    private static final int SHORTEST_DAYS = 7;

    private final KmsClient kms;
    private final String table;

    KmsImport(KmsClient kms, String table) {
        this.kms = kms;
        this.table = table;
    }

    /**
     * Makes a key of KMS, fills it, and has it prove by a signature that it is this one; a key that does not is deleted
     * again.
     *
     * @return its ARN
     */
    String bring(String appId, AppKey key, KmsAppKeys signing) throws Complaint {
        try {
            var arn = create(appId, key.bits());
            try {
                fill(arn, key.pkcs8());
                if (key.isSignedBy(signing.inKms(arn))) {
                    return arn;
                }
                throw notBrought("KMS signs with another key than this one", arn, discard(arn));
            } catch (SdkException | GeneralSecurityException | SignerUnavailable e) {
                throw notBrought(words(e), arn, discard(arn));
            }
        } catch (SdkException e) {
            throw Complaint.refused(
                    "KMS made no key: " + AwsFault.of(e).what() + ".",
                    "Your AWS credentials need kms:CreateKey and kms:TagResource.");
        }
    }

    private static String words(Exception fault) {
        return fault instanceof SdkException refused
                ? AwsFault.of(refused).what()
                : fault instanceof SignerUnavailable
                        ? String.valueOf(fault.getMessage())
                        : "this Java cannot wrap the key as KMS wants it";
    }

    private static Complaint notBrought(String why, String arn, boolean discarded) {
        return Complaint.refused(
                "The key was not brought into KMS: " + Printable.of(why) + ".",
                "Your AWS credentials need kms:GetParametersForImport, kms:ImportKeyMaterial and kms:Sign. The new key "
                        + arn + (discarded ? " is deleted in a week." : " could not be deleted: delete it."));
    }

    private boolean discard(String arn) {
        try {
            kms.scheduleKeyDeletion(request -> request.keyId(arn).pendingWindowInDays(SHORTEST_DAYS));
            return true;
        } catch (SdkException stays) {
            return false;
        }
    }

    /** A key without material; costs money until it is deleted. Returns its ARN. */
    private String create(String appId, int bits) {
        return kms.createKey(request -> request.origin(OriginType.EXTERNAL)
                        .keySpec(KeySpec.fromValue("RSA_" + bits))
                        .keyUsage(KeyUsageType.SIGN_VERIFY)
                        .description("Taskbound signs for the GitHub App " + appId + " with it; table " + table)
                        .bypassPolicyLockoutSafetyCheck(false)
                        .tags(
                                Tag.builder()
                                        .tagKey("taskbound:table")
                                        .tagValue(table)
                                        .build(),
                                Tag.builder()
                                        .tagKey("taskbound:github-app")
                                        .tagValue(appId)
                                        .build()))
                .keyMetadata()
                .arn();
    }

    /** @param arn of a key that {@link #create} made */
    private void fill(String arn, byte[] pkcs8) throws GeneralSecurityException {
        var parameters = kms.getParametersForImport(request -> request.keyId(arn)
                .wrappingAlgorithm(AlgorithmSpec.RSA_AES_KEY_WRAP_SHA_256)
                .wrappingKeySpec(WrappingKeySpec.RSA_4096));
        var wrapped = wrapped(pkcs8, parameters.publicKey().asByteArray());
        kms.importKeyMaterial(request -> request.keyId(arn)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(SdkBytes.fromByteArray(wrapped))
                .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE));
    }

    /** The encrypted key of AES, and behind it what it wraps. */
    static byte[] wrapped(byte[] pkcs8, byte[] kmsPublicKey) throws GeneralSecurityException {
        var secret = new byte[AES_BYTES];
        new SecureRandom().nextBytes(secret);
        SecretKey aes = new SecretKeySpec(secret, "AES");
        var rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.ENCRYPT_MODE,
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(kmsPublicKey)),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        var wrap = Cipher.getInstance("AES/KWP/NoPadding");
        wrap.init(Cipher.WRAP_MODE, aes);
        var out = new ByteArrayOutputStream();
        out.writeBytes(rsa.doFinal(secret));
        out.writeBytes(wrap.wrap(new SecretKeySpec(pkcs8, "PKCS8")));
        return out.toByteArray();
    }
}
