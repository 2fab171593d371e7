// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.token.KmsSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.KmsClient;

/** The signing key in KMS: opening and checking it both ask for its public half, which a disabled key does not give. */
final class KmsSignerComponent implements Component<TaskSigner> {
    private final Supplier<KmsClient> kms;
    private final String keyArn;

    KmsSignerComponent(Supplier<KmsClient> kms, String keyArn) {
        this.kms = kms;
        this.keyArn = keyArn;
    }

    @Override
    public TaskSigner open() throws NotReady {
        try {
            return KmsSigner.open(kms.get(), keyArn);
        } catch (SignerUnavailable unavailable) {
            throw new NotReady(missing(unavailable));
        }
    }

    @Override
    public void check(TaskSigner opened) throws NotReady {
        open();
    }

    static Missing missing(SignerUnavailable unavailable) {
        return switch (unavailable.why()) {
            case OUT_OF_REACH -> Missing.SIGNING_KEY_UNREACHABLE;
            case ABSENT -> Missing.SIGNING_KEY_ABSENT;
            case DISABLED -> Missing.SIGNING_KEY_DISABLED;
            case WRONG_KIND -> Missing.SIGNING_KEY_OF_WRONG_KIND;
        };
    }
}
