// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.HookStore;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.SealedHookSecret;
import io.taskbound.task.HookName;
import io.taskbound.token.SealedSecrets;
import io.taskbound.token.SignerUnavailable;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sealed by KMS in an issuer's table, which only ever gets the sealed text. */
final class TableSecrets implements SecretsPlace {
    private final OpenTable table;
    private final HookStore store;
    private final Optional<String> key;
    private final Clock clock;

    /** @param key the KMS key that seals; needed to add a secret only */
    TableSecrets(OpenTable table, Optional<String> key, Clock clock) {
        this.table = table;
        this.store = new HookStore(new DynamoTable(table.client(), table.name()));
        this.key = key;
        this.clock = clock;
    }

    @Override
    public Map<HookName, List<KeptSecret>> all() throws Complaint {
        try {
            var all = new LinkedHashMap<HookName, List<KeptSecret>>();
            store.all()
                    .forEach((hook, secrets) -> all.put(
                            hook,
                            secrets.active().stream()
                                    .map(secret -> new KeptSecret(secret.id(), secret.made(), secret.by()))
                                    .toList()));
            return all;
        } catch (LedgerUnavailable e) {
            throw unreachable(e);
        }
    }

    @Override
    public String add(HookName hook, String secret) throws Complaint, UnknownOutcome {
        if (key.isEmpty()) {
            throw Complaint.usage(
                    "The KMS key that seals the secrets of hooks is not known.",
                    "Name the stack with --stack or the key with --secrets-key, or set TASKBOUND_STACK or"
                            + " TASKBOUND_SECRETS_KEY.");
        }
        try (var kms = table.cloud().kms()) {
            var seen = store.read(hook);
            if (seen.active().size() >= MOST_ACTIVE) {
                throw SecretsPlace.tooMany(hook);
            }
            var id = SecretIds.next();
            var sealed = new SealedSecrets(kms, key.get(), table.name()).seal(hook.value(), id, secret);
            var made = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            var active = new ArrayList<>(seen.active());
            active.add(new SealedHookSecret(
                    id, sealed, made, table.cloud().caller().arn()));
            added(hook, seen, active, id);
            return id;
        } catch (SignerUnavailable e) {
            throw Complaint.refused(
                    "The secret was not made: " + Printable.of(String.valueOf(e.getMessage())) + ".",
                    "Check the key's name, the region, and that your AWS credentials may use it.");
        } catch (LedgerUnavailable e) {
            throw unreachable(e);
        }
    }

    private void added(HookName hook, HookStore.Secrets seen, List<SealedHookSecret> active, String id)
            throws Complaint, UnknownOutcome {
        try {
            write(hook, seen, active);
        } catch (LedgerUnavailable e) {
            throw new UnknownOutcome(id, e);
        }
    }

    @Override
    public void remove(HookName hook, String id) throws Complaint {
        try {
            var seen = store.read(hook);
            write(
                    hook,
                    seen,
                    seen.active().stream()
                            .filter(secret -> !secret.id().equals(id))
                            .toList());
        } catch (LedgerUnavailable e) {
            throw unreachable(e);
        }
    }

    private void write(HookName hook, HookStore.Secrets seen, List<SealedHookSecret> active) throws Complaint {
        if (!store.write(hook, seen, active)) {
            throw SecretsPlace.overtaken();
        }
    }

    private static Complaint unreachable(LedgerUnavailable unknown) {
        return Complaint.refused(
                "The table could not be changed or read: " + unknown.getMessage() + ".",
                "Check that your AWS credentials may read and write its HOOK items, and see with `taskbound hooks"
                        + " list` whether anything has changed.");
    }

    @Override
    public void close() {
        table.close();
    }
}
