// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Consent;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.policy.Checks;
import io.taskbound.policy.Policy;
import io.taskbound.policy.PolicyDifference;
import io.taskbound.token.KeyRecord;
import java.util.Optional;

/** Takes a proposal from the difference that it makes, over somebody's consent, into force. */
final class Publisher {
    private final OpenTable table;
    private final PublishOptions options;
    private final Optional<PolicyKey> key;
    private final CommandContext context;
    private final PolicyStore store;

    private Publisher(OpenTable table, PublishOptions options, Optional<PolicyKey> key, CommandContext context) {
        this.table = table;
        this.options = options;
        this.key = key;
        this.context = context;
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
            var name = options.unsigned() ? Optional.<String>empty() : PolicyKey.named(options.key(), context);
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
            context.say("This policy is already in force, as " + inForce.label() + "; nothing was written.");
            return 0;
        }
        show(proposal, inForce);
        warnOfASealedKey(proposal.policy());
        if (options.dryRun()) {
            context.say("Dry run: nothing was written.");
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

    private void show(Proposal proposal, InForce inForce) {
        if (!inForce.isReadable()) {
            context.warn("What is in force (v" + inForce.number()
                    + ") cannot be read, so the whole policy is shown as new.");
        }
        context.say(
                inForce.number() == 0
                        ? "Nothing is in force in table " + table.name() + " yet. What " + proposal.from() + " allows:"
                        : "What " + proposal.from() + " changes against " + inForce.label() + ":");
        DifferenceLines.of(PolicyDifference.between(inForce.policy(), proposal.policy()), context)
                .forEach(context::say);
    }

    /**
     * The issuer refuses the pair unless it is told to accept it; whoever may not read its keys hears of it from there.
     */
    private void warnOfASealedKey(Policy policy) {
        boolean offline = policy.servers().stream().anyMatch(server -> server.checks() == Checks.OFFLINE);
        if (offline && isSealed()) {
            context.warn(
                    "A resource server checks offline, and this table's signing keys are sealed: its issuer refuses"
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
                    "Name it with --key, or set " + PolicyKey.VARIABLE
                            + "; if no issuer on this table requires a signature, use --unsigned.");
        }
        context.warn("Unsigned: only an issuer without a policy key accepts it.");
    }

    private void say(PolicyRelease release) {
        context.say(context.green("In force") + "  "
                + release.version().label()
                + (release.signature().isPresent() ? ", signed" : ", unsigned") + ", published by " + release.by()
                + ". Issuers follow within 60 s.");
    }
}
