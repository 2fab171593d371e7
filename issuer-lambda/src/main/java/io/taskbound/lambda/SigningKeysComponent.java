// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.issuer.KeyRing;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KmsSigner;
import io.taskbound.token.SealedKeys;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import io.taskbound.token.TaskSigner;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.KmsClient;

/** The keys that the table knows, or the one that the stack was deployed with. */
final class SigningKeysComponent implements Component<SigningKeys> {
    private final Supplier<KeyStore> store;
    private final Supplier<KmsClient> kms;
    private final SignerKind kind;
    private final String keyArn;
    private final String table;
    private final Consumer<String> operatorLog;
    private final Clock clock;

    /**
     * @param keyArn the key that signs, or the one that has sealed the keys that do
     * @param table the table's name, which sealed keys are bound to
     */
    SigningKeysComponent(
            Supplier<KeyStore> store,
            Supplier<KmsClient> kms,
            SignerKind kind,
            String keyArn,
            String table,
            Consumer<String> operatorLog,
            Clock clock) {
        this.store = store;
        this.kms = kms;
        this.kind = kind;
        this.keyArn = keyArn;
        this.table = table;
        this.operatorLog = operatorLog;
        this.clock = clock;
    }

    @Override
    public SigningKeys open() throws NotReady {
        var keys = store.get();
        try {
            var first = keys.read();
            return KeyRing.open(first, keys::read, this::open, openDeployed(first), operatorLog, clock.instant());
        } catch (SignerUnavailable unavailable) {
            throw new NotReady(KmsSignerComponent.missing(unavailable));
        } catch (LedgerUnavailable outOfReach) {
            throw new NotReady(Missing.TABLE_UNREACHABLE);
        }
    }

    /** A disabled key does not return its public half, so opening it again is the check. */
    @Override
    public void check(SigningKeys opened) throws NotReady {
        open();
    }

    /** Only a rotation makes sealed keys; and a table that has keys does not need the deployed one. */
    private Optional<TaskSigner> openDeployed(KeyStore.Keys known) throws SignerUnavailable {
        if (kind == SignerKind.SEALED || !known.schedule().keys().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(KmsSigner.open(kms.get(), keyArn));
    }

    private TaskSigner open(KeyRecord key) throws SignerUnavailable {
        if (key.kept() instanceof KeyRecord.KeyLocation.InKms inKms && kind == SignerKind.KMS) {
            return KmsSigner.open(kms.get(), inKms.arn());
        }
        if (key.kept() instanceof KeyRecord.KeyLocation.Sealed sealed && kind == SignerKind.SEALED) {
            return new SealedKeys(kms.get(), keyArn, table).open(sealed.secret(), key.keyId());
        }
        throw new SignerUnavailable(
                SignerUnavailable.Why.WRONG_KIND,
                "the table's key is not of the kind that " + Settings.SIGNER + " says; rotate once more");
    }
}
