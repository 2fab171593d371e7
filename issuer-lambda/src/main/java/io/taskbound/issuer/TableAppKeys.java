// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.github.AppKeys;
import io.taskbound.ledger.AppKey;
import io.taskbound.ledger.AppKeyStore;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.token.AppSigner;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KmsAppKeys;
import io.taskbound.token.SignerUnavailable;
import java.util.Optional;

/**
 * The keys of GitHub Apps that the table holds sealed, or by the ARN of a key of KMS. Read and opened each time, so
 * that an import counts with the next proof of the App.
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
        var kept = read(appId);
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

    /** A table that is out of reach is a key that cannot be used now: nothing has been asked of GitHub yet. */
    private Optional<AppKey> read(String appId) throws SignerUnavailable {
        try {
            return store.read(appId).key();
        } catch (LedgerUnavailable outage) {
            throw new SignerUnavailable("the table with it is out of reach", outage);
        }
    }
}
