// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.policy.Fault;
import io.taskbound.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of an old version, fit to be put in force again: whole, signed by the key that is to sign it again, and
 * without a fault by today's rules. Else whoever can write to the table could have a text of theirs signed.
 */
final class OldText {
    private static final String REMEDY = "Push the file from your repository's history instead.";

    private final PolicyStore store;
    private final Optional<String> issuer;
    private final CommandContext context;

    /** @param issuer the URL of the issuer that will read it, where it is known */
    OldText(PolicyStore store, Optional<String> issuer, CommandContext context) {
        this.store = store;
        this.issuer = issuer;
        this.context = context;
    }

    Proposal of(long number, Optional<PolicyKey> key, String table) throws Complaint {
        var release = store.release(number)
                .orElseThrow(() -> Complaint.refused(
                        "There is no version " + number + " in table " + table + ".",
                        "`taskbound policy log` lists the versions."));
        if (key.filter(own -> !own.hasSigned(release, table)).isPresent()) {
            throw Complaint.refused(
                    "Version " + number + " was not signed by this key, so it is not signed again.", REMEDY);
        }
        var document = document(release);
        var policy = Policy.compile(document, number).orElseThrow(faulty -> {
            faulty.faults().forEach(this::tell);
            return Complaint.refused(
                    "Version " + number + " is invalid under today's rules, so it was not put in force.",
                    "Correct the faults above in the file, and push that.");
        });
        return Proposal.of("version " + number, document, policy, issuer);
    }

    private JsonObject document(PolicyRelease release) throws Complaint {
        if (store.text(release) instanceof PolicyStore.Text.Whole text) {
            try {
                return StrictJson.parseObject(text.json().getBytes(StandardCharsets.UTF_8));
            } catch (MalformedJson damaged) {
                // Told below, as a text that is not there.
            }
        }
        throw Complaint.refused(
                "The text of version " + release.version().number() + " is not what was published.", REMEDY);
    }

    private void tell(Fault fault) {
        context.warn(Printable.of(fault.path() + ": " + fault.message() + "; " + fault.remedy()));
    }
}
