// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Consent;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.policy.Change;
import io.taskbound.policy.Policy;
import io.taskbound.policy.PolicyDifference;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.token.KeyRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes a proposal from the difference that it makes, over somebody's consent, into force. */
final class Publisher {
    private final OpenTable table;
    private final PublishOptions options;
    private final Optional<PolicyKey> key;
    private final CommandContext context;
    private final CommandContext people;
    private final PolicyStore store;

    private Publisher(OpenTable table, PublishOptions options, Optional<PolicyKey> key, CommandContext context) {
        this.table = table;
        this.options = options;
        this.key = key;
        this.context = context;
        this.people = options.json() ? context.aside() : context;
        this.store = new PolicyStore(new DynamoTable(table.client(), table.name()));
    }

    /** Finds out what to publish, from what the table holds. */
    @FunctionalInterface
    interface Proposing {
        Proposal propose(PolicyStore store, Optional<PolicyKey> key, String table) throws Complaint;
    }

    /** Publishes with these options what is proposed; the exit code. */
    static int publish(PublishOptions options, CommandContext context, Proposing proposing) throws Complaint {
        try (var table = options.checked().table().open(context)) {
            var name = options.unsigned()
                    ? Optional.<String>empty()
                    : PolicyKey.named(options.key(), options.table(), context);
            if (name.isEmpty()) {
                return new Publisher(table, options, Optional.empty(), context).publish(proposing);
            }
            try (var key = PolicyKey.open(name.get(), table.cloud())) {
                return new Publisher(table, options, Optional.of(key), context).publish(proposing);
            }
        } catch (LedgerUnavailable e) {
            throw OnTable.unreachable(e);
        }
    }

    private int publish(Proposing proposing) throws Complaint {
        var proposal = proposing.propose(store, key, table.name());
        var inForce = InForce.read(store);
        if (inForce.has(proposal.policy()) && isSignedAsWanted(inForce)) {
            people.say("This policy is already in force, as " + inForce.label() + "; nothing was written.");
            tellPrograms("unchanged", inForce.release().map(PolicyRelease::version), List.of());
            return 0;
        }
        var changes = PolicyDifference.between(inForce.policy(), proposal.policy());
        show(proposal, inForce, changes);
        warnOfASealedKey(proposal.policy());
        if (options.dryRun()) {
            people.say("Dry run: nothing was written.");
            tellPrograms("dry_run", Optional.empty(), changes);
            return 0;
        }
        requireSignature(inForce);
        var by = table.cloud().caller().arn();
        Consent.require("Put it in force in table " + table.name() + "?", options.yes(), context);
        var outcome = new Publication(store, table.name(), key, by)
                .publish(
                        inForce.number(),
                        proposal.text(),
                        proposal.hash(),
                        options.message(),
                        context.clock().instant());
        if (outcome instanceof Publication.Outcome.InForce done) {
            say(done.release());
            tellPrograms("published", Optional.of(done.release().version()), changes);
            return 0;
        }
        throw Complaint.refused(
                "Someone else has published in the meantime, so this version was not put in force.",
                "Look at `taskbound policy log`, and publish again: you will see the difference from theirs.");
    }

    /** The same text is worth a version of its own when it brings the signature that is lacking. */
    private boolean isSignedAsWanted(InForce inForce) {
        return key.isEmpty()
                || inForce.release()
                        .filter(release -> key.get().hasSigned(release, table.name()))
                        .isPresent();
    }

    private void show(Proposal proposal, InForce inForce, List<Change> changes) {
        if (!inForce.isReadable()) {
            people.warn("What is in force (v" + inForce.number()
                    + ") cannot be read, so the whole policy is shown as new.");
        }
        people.say(
                inForce.number() == 0
                        ? "Nothing is in force in table " + table.name() + " yet. What " + proposal.from() + " allows:"
                        : "What " + proposal.from() + " changes against " + inForce.label() + ":");
        DifferenceLines.of(changes, people).forEach(people::say);
    }

    /**
     * The issuer refuses the pair unless it is told to accept it; whoever may not read its keys hears of it from there.
     */
    private void warnOfASealedKey(Policy policy) {
        boolean offline =
                policy.servers().stream().anyMatch(server -> server.checks().trustsSignatures());
        if (offline && isSealed()) {
            people.warn(
                    "A resource server checks offline or by status lists, and this table's signing keys are sealed: its issuer refuses"
                            + " this policy unless " + PolicyTerms.ACCEPTANCE + " is accepted there.");
        }
    }

    private boolean isSealed() {
        try {
            return new KeyStore(new DynamoTable(table.client(), table.name()))
                    .schedule().keys().stream().anyMatch(key -> key.kept() instanceof KeyRecord.KeyLocation.Sealed);
        } catch (LedgerUnavailable mayNotLook) {
            return false;
        }
    }

    private void requireSignature(InForce inForce) throws Complaint {
        if (key.isPresent() || options.unsigned()) {
            return;
        }
        if (inForce.isSigned() || !table.cloud().isLoopback()) {
            throw Complaint.refused(
                    inForce.isSigned()
                            ? "The version in force is signed, but no key is given for this one."
                            : "No key is given to sign the policy.",
                    "Name the stack with --stack or the key with --key, or set TASKBOUND_STACK or " + PolicyKey.VARIABLE
                            + "; if no issuer on this table requires a signature, use --unsigned.");
        }
        people.warn("Unsigned: only an issuer without a policy key accepts it.");
    }

    private void say(PolicyRelease release) {
        people.say(people.green("In force") + "  "
                + release.version().label()
                + (release.signature().isPresent() ? ", signed" : ", unsigned") + ", published by " + release.by()
                + ". Issuers follow within 60 s.");
    }

    private void tellPrograms(String result, Optional<PolicyVersion> version, List<Change> changes) {
        if (!options.json()) {
            return;
        }
        var told = JsonObject.builder().put("result", result).put("table", table.name());
        version.ifPresent(inForce -> told.put("version", inForce.number()).put("hash", inForce.hash()));
        context.say(JsonLine.of(told.put(
                        "changes",
                        new JsonArray(changes.stream()
                                .<JsonValue>map(change -> JsonObject.builder()
                                        .put("subject", change.subject())
                                        .put("effect", change.effect().name().toLowerCase(Locale.ROOT))
                                        .put("words", change.words())
                                        .build())
                                .toList()))
                .build()));
    }
}
