// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.AppKeyStore;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.token.KeyRecord.KeyLocation;
import io.taskbound.token.KmsAppKeys;
import io.taskbound.token.SignerUnavailable;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;

/** In an issuer's table: sealed by KMS, or the ARN of a key of KMS that is this one. */
final class TablePlace implements KeyPlace {
    private final OpenTable table;
    private final Optional<String> sealingKey;
    private final Optional<String> inKms;
    private final boolean intoKms;
    private final Clock clock;

    /**
     * @param sealingKey what seals; needed where the key is not in KMS
     * @param inKms ARN of the key that is in KMS already
     * @param intoKms whether the key is brought into a new one of KMS
     */
    TablePlace(OpenTable table, Optional<String> sealingKey, Optional<String> inKms, boolean intoKms, Clock clock) {
        this.table = table;
        this.sealingKey = sealingKey;
        this.inKms = inKms;
        this.intoKms = intoKms;
        this.clock = clock;
    }

    @Override
    public String keep(String appId, AppKey key) throws Complaint {
        if (sealingKey.isEmpty() && inKms.isEmpty() && !intoKms) {
            throw sealingKeyUnknown();
        }
        try (var kms = table.cloud().kms()) {
            var location = location(appId, key, kms);
            writeOrTellWhatIsLeft(appId, location);
            return location instanceof KeyLocation.InKms there
                    ? "in KMS as " + there.arn() + ", which the table " + table.name()
                            + " names; name it in GithubAppKeyArns of the issuer's stack too"
                    : "sealed by KMS in the table " + table.name();
        } catch (SignerUnavailable e) {
            throw Complaint.refused(
                    "The key was not kept: " + Printable.of(String.valueOf(e.getMessage())) + ".",
                    "Check the key's name, the region, and that your AWS credentials may use it.");
        } catch (LedgerUnavailable e) {
            throw Complaint.refused(
                    "The table could not be changed or read, and the key may have been kept: " + e.getMessage() + ".",
                    "Check that your AWS credentials may read and write its APP items, and run this command again.");
        }
    }

    private KeyLocation location(String appId, AppKey key, KmsClient kms) throws SignerUnavailable, Complaint {
        var keys = new KmsAppKeys(kms, sealingKey.orElse(""), table.name());
        if (intoKms) {
            return new KeyLocation.InKms(new KmsImport(kms, table.name()).bring(appId, key, keys));
        }
        if (inKms.isEmpty()) {
            return new KeyLocation.Sealed(keys.seal(appId, key.pkcs8()));
        }
        if (!key.isSignedBy(keys.inKms(inKms.get()))) {
            throw Complaint.refused(
                    "The key in KMS is another one than that in the file.",
                    "Import the file's key into KMS with --import-into-kms, or name another key with --kms-key.");
        }
        return new KeyLocation.InKms(inKms.get());
    }

    static Complaint sealingKeyUnknown() {
        return Complaint.usage(
                "The KMS key that seals the App's key is not known.",
                "Name the stack with --stack or the key with --secrets-key, or set TASKBOUND_STACK or"
                        + " TASKBOUND_SECRETS_KEY.");
    }

    /** A key that was just made in KMS costs money by the month, so nobody may lose sight of it. */
    private void writeOrTellWhatIsLeft(String appId, KeyLocation location) throws Complaint {
        if (!intoKms || !(location instanceof KeyLocation.InKms made)) {
            write(appId, location);
            return;
        }
        try {
            write(appId, location);
        } catch (LedgerUnavailable e) {
            throw Complaint.refused(
                    "The key is in KMS as " + made.arn() + ", but the table may not name it: " + e.getMessage() + ".",
                    "Run the command again with --kms-key and this ARN instead of --import-into-kms.");
        } catch (Complaint e) {
            throw Complaint.refused(
                    e.what(),
                    "The new key is in KMS as " + made.arn() + ": schedule its deletion if it is not needed.");
        }
    }

    private void write(String appId, KeyLocation location) throws Complaint {
        var store = new AppKeyStore(new DynamoTable(table.client(), table.name()));
        var made = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var by = table.cloud().caller().arn();
        if (!store.write(appId, store.read(appId), new io.taskbound.ledger.AppKey(location, made, by))) {
            throw Complaint.refused(
                    "Someone else has imported a key of this App in the meantime, so nothing was done here.",
                    "Find out which key is meant, and run this command again if it is this one.");
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
