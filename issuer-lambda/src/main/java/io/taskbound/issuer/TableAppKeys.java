// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.github.AppKeys;
import io.taskbound.ledger.AppKeyStore;
import io.taskbound.token.AppSigner;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KmsAppKeys;
import io.taskbound.token.SignerUnavailable;
import java.util.Optional;

/**
 * The keys of GitHub Apps that the table holds sealed, or by the ARN of a key of KMS. Read and opened anew each time,
 * so that an import counts with the next proof of the App. What the table throws
 * ({@link io.taskbound.ledger.LedgerUnavailable}) goes through.
 */
public final class TableAppKeys implements AppKeys {
    private final AppKeyStore store;
    private final KmsAppKeys kms;

    public TableAppKeys(AppKeyStore store, KmsAppKeys kms) {
        this.store = store;
        this.kms = kms;
    }

    @Override
    public Optional<AppSigner> find(String appId) throws SignerUnavailable {
        var kept = store.read(appId).key();
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                kept.get().kept() instanceof KeyRecord.KeyLocation.InKms inKms
                        ? kms.inKms(inKms.arn())
                        : kms.open(
                                appId,
                                ((KeyRecord.KeyLocation.Sealed) kept.get().kept()).secret()));
    }
}
