// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.issuer.KeyRotation;
import io.taskbound.issuer.KeyRotation.Outcome;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.token.KeyFactory;
import io.taskbound.token.KeyPhase;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KmsKeyFactory;
import io.taskbound.token.KmsSigner;
import io.taskbound.token.SealedKeyFactory;
import io.taskbound.token.SealedKeys;
import io.taskbound.token.SignerUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;

/** Changes the keys with the command's own rights: at an endpoint on this machine, where there is no function. */
final class OwnKeyChanges implements KeyChanges {
    private final KmsClient kms;
    private final KeyRotation rotation;
    private final Clock clock;

    private OwnKeyChanges(KmsClient kms, KeyRotation rotation, Clock clock) {
        this.kms = kms;
        this.rotation = rotation;
        this.clock = clock;
    }

    static OwnKeyChanges open(OpenTable table, SignerOptions options, CommandContext context) throws Complaint {
        var store = new KeyStore(new DynamoTable(table.client(), table.name()));
        var known = store.schedule();
        var kind = options.kind(known);
        var key = options.signingKey(context);
        boolean needed = kind == SignerOptions.Kind.SEALED || known.keys().isEmpty();
        if (needed && key.isEmpty()) {
            throw Complaint.usage(
                    kind == SignerOptions.Kind.SEALED
                            ? "The KMS key that seals the signing keys is not known."
                            : "This table has no key records yet, so the current signing key is unknown.",
                    "Name the stack's key with --signing-key, or set TASKBOUND_SIGNING_KEY.");
        }
        var by = table.cloud().caller().arn();
        var kms = table.cloud().kms();
        try {
            var making = kind == SignerOptions.Kind.KMS
                    ? new KmsKeyFactory(kms, table.name(), Optional.empty(), context::warn)
                    : new SealedKeyFactory(new SealedKeys(kms, key.orElseThrow(), table.name()));
            var deployed = kind == SignerOptions.Kind.KMS && known.keys().isEmpty()
                    ? Optional.of(openDeployed(kms, key.orElseThrow()))
                    : Optional.<KeyFactory.NewKey>empty();
            return new OwnKeyChanges(kms, new KeyRotation(store, making, deployed, by), context.clock());
        } catch (SignerUnavailable e) {
            kms.close();
            throw unavailable(e);
        } catch (RuntimeException e) {
            kms.close();
            throw e;
        }
    }

    private static KeyFactory.NewKey openDeployed(KmsClient kms, String key) throws SignerUnavailable {
        return new KeyFactory.NewKey(KmsSigner.open(kms, key), new KeyRecord.KeyLocation.InKms(arn(kms, key)));
    }

    /** Whatever the key was called: an alias may point to another one tomorrow. */
    private static String arn(KmsClient kms, String key) throws SignerUnavailable {
        if (key.contains(":key/")) {
            return key;
        }
        try {
            return kms.getPublicKey(request -> request.keyId(key)).keyId();
        } catch (SdkException refused) {
            throw new SignerUnavailable("KMS did not give the public key; check kms:GetPublicKey", refused);
        }
    }

    @Override
    public Optional<KeyPhase> phase(String keyId) {
        return rotation.phase(keyId, clock.instant());
    }

    @Override
    public Change rotate(Duration publishFor) throws Complaint {
        return change(() -> rotation.rotate(publishFor, Duration.ZERO, clock.instant()), "No key was created: ");
    }

    @Override
    public Change retire(String keyId) throws Complaint {
        return change(() -> rotation.takeAway(keyId, clock.instant()), "Nothing was changed: ");
    }

    private interface Attempt {
        Outcome make() throws SignerUnavailable;
    }

    private static Change change(Attempt attempt, String whatIsRefused) throws Complaint {
        try {
            return attempt.make()
                    .<Change, Complaint>match(
                            changed -> changed.made()
                                    .map(key -> Change.made(key.keyId()))
                                    .orElseGet(Change::removed),
                            notDue -> Change.nothing(),
                            overtaken -> {
                                throw overtaken();
                            },
                            refused -> {
                                throw Complaint.refused(
                                        whatIsRefused + refused.why() + ".", sentence(refused.remedy()));
                            });
        } catch (SignerUnavailable e) {
            throw unavailable(e);
        }
    }

    static String sentence(String remedy) {
        return Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) + ".";
    }

    static Complaint unavailable(SignerUnavailable unusable) {
        return Complaint.refused(
                "The keys were not changed: " + Printable.of(String.valueOf(unusable.getMessage())) + ".",
                "Check the key's name, the region, and that your AWS credentials may use KMS.");
    }

    static Complaint unreachable(LedgerUnavailable unknown) {
        return Complaint.refused(
                "The table could not be changed or read: " + unknown.getMessage() + ".",
                "Check that your AWS credentials may read and write its KEY items, and see with `taskbound keys"
                        + " list` whether anything has changed.");
    }

    static Complaint overtaken() {
        return Complaint.refused(
                "Someone else has changed the keys in the meantime, so nothing was done here.",
                "Look at `taskbound keys list`, and try again if it is still needed.");
    }

    @Override
    public void close() {
        kms.close();
    }
}
