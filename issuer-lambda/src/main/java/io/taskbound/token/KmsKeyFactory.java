// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * New KMS keys, each with the tag {@value #TAG} that names the issuer's table, by which people find them; it gives
 * nobody a right to sign.
 */
public final class KmsKeyFactory implements KeyFactory {
    public static final String TAG = "taskbound:table";
    private static final int DAYS_TO_CHANGE_ONES_MIND = 7;
    private final KmsClient kms;
    private final String table;
    private final Optional<String> policy;
    private final Consumer<String> operatorLog;

    /** @param policy that a key is made with; KMS's own, which leaves all to IAM, where there is none */
    public KmsKeyFactory(KmsClient kms, String table, Optional<String> policy, Consumer<String> operatorLog) {
        this.kms = kms;
        this.table = table;
        this.policy = policy;
        this.operatorLog = operatorLog;
    }

    @Override
    public KeyFactory.NewKey make() throws SignerUnavailable {
        var arn = create();
        return new KeyFactory.NewKey(KmsSigner.open(kms, arn), new KeyRecord.KeyLocation.InKms(arn));
    }

    private String create() throws SignerUnavailable {
        try {
            return kms.createKey(request -> {
                        request.keySpec(KeySpec.ECC_NIST_P256)
                                .keyUsage(KeyUsageType.SIGN_VERIFY)
                                .description("Taskbound signs task tokens with it; table " + table)
                                .bypassPolicyLockoutSafetyCheck(false)
                                .tags(Tag.builder().tagKey(TAG).tagValue(table).build());
                        policy.ifPresent(request::policy);
                    })
                    .keyMetadata()
                    .arn();
        } catch (SdkException refused) {
            throw new SignerUnavailable("KMS made no key; check kms:CreateKey and kms:TagResource", refused);
        }
    }

    @Override
    public void discard(KeyFactory.NewKey made) {
        if (made.kept() instanceof KeyRecord.KeyLocation.InKms inKms) {
            try {
                kms.scheduleKeyDeletion(
                        request -> request.keyId(inKms.arn()).pendingWindowInDays(DAYS_TO_CHANGE_ONES_MIND));
            } catch (SdkException refused) {
                operatorLog.accept("taskbound: the unused KMS key " + inKms.arn()
                        + " could not be scheduled for deletion; delete it");
            }
        }
    }
}
