// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.cloud.StackOutput;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Mixin: who changes the keys, the stack's function or this command, and how the issuer signs. */
public final class SignerOptions {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9:/_-]{1,512}");

    /** Where private halves are, as {@code TASKBOUND_SIGNER} of the function says. */
    enum Kind {
        KMS("kms"),
        SEALED("sealed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Kind of(KeyRecord key) {
            return key.kept() instanceof KeyRecord.KeyLocation.Sealed ? SEALED : KMS;
        }
    }

    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9:._-]{1,200}");

    @Option(
            names = "--function",
            paramLabel = "NAME",
            description = "The stack's rotation function, its output RotationFunctionName (default:"
                    + " TASKBOUND_ROTATION_FUNCTION).")
    private Optional<String> function = Optional.empty();

    @Option(
            names = "--signer",
            paramLabel = "KIND",
            description = "At an endpoint on this machine: kms or sealed (default: the kind of the table's keys, else"
                    + " kms).")
    private Optional<String> signer = Optional.empty();

    @Option(
            names = "--signing-key",
            paramLabel = "KEY",
            description = "At an endpoint on this machine: the KMS key that signs before the first rotation, or the"
                    + " one that seals (default: TASKBOUND_SIGNING_KEY).")
    private Optional<String> signingKey = Optional.empty();

    /** The function that was typed; the stack's or the environment's where neither a signer nor a signing key was. */
    Optional<String> function(TableOptions table, CommandContext context) throws Complaint {
        boolean own = signer.isPresent() || signingKey.isPresent();
        if (function.isPresent() && own) {
            throw Complaint.usage("--function knows its own signer and key.", "Leave out --signer and --signing-key.");
        }
        var named = own
                ? function
                : table.setting(StackOutput.ROTATION_FUNCTION, function, "TASKBOUND_ROTATION_FUNCTION", context);
        if (named.filter(name -> !FUNCTION.matcher(name).matches()).isPresent()) {
            throw Complaint.usage(
                    "--function is neither the name nor the ARN of a function: " + Printable.typed(named.get()) + ".",
                    "Write it as in the stack's output RotationFunctionName.");
        }
        return named;
    }

    Optional<String> signingKey(CommandContext context) throws Complaint {
        var named = signingKey.or(() -> context.variable("TASKBOUND_SIGNING_KEY"));
        if (named.filter(key -> !KEY.matcher(key).matches()).isPresent()) {
            throw Complaint.usage(
                    "The signing key is neither an ARN nor an alias: " + Printable.typed(named.get()) + ".",
                    "Write it as in the stack's outputs, or as alias/NAME.");
        }
        return named;
    }

    /** A key that the issuer cannot open would leave it without one on the day that it is to sign. */
    Kind kind(KeySchedule known) throws Complaint {
        var typed = typed();
        var there = known.keys().stream().map(Kind::of).reduce((older, newer) -> newer);
        if (typed.isPresent() && there.isPresent() && typed.get() != there.get()) {
            throw Complaint.refused(
                    "The table's keys are of the kind " + there.get().word()
                            + ", and an issuer of that kind cannot use a "
                            + typed.get().word() + " one.",
                    "Leave out --signer. To change the kind, deploy another stack.");
        }
        return typed.or(() -> there).orElse(Kind.KMS);
    }

    private Optional<Kind> typed() throws Complaint {
        if (signer.isEmpty()) {
            return Optional.empty();
        }
        for (var kind : Kind.values()) {
            if (kind.word().equals(signer.get())) {
                return Optional.of(kind);
            }
        }
        throw Complaint.usage(
                "--signer is neither kms nor sealed: " + Printable.typed(signer.get()) + ".",
                "Write it as the issuer's TASKBOUND_SIGNER.");
    }
}
