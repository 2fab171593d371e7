// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.cloud.Cloud;
import io.taskbound.cli.cloud.StackOutput;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.token.Es256PublicKey;
import io.taskbound.token.KmsSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.kms.KmsClient;

/** The key that signs policies: the publisher may use it, the issuer knows its public half alone. */
public final class PolicyKey implements AutoCloseable {
    static final String VARIABLE = "TASKBOUND_POLICY_KEY";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9:/_-]{1,512}");

    private final TaskSigner signer;
    private final Es256PublicKey publicHalf;
    private final AutoCloseable connection;

    PolicyKey(TaskSigner signer, AutoCloseable connection) {
        this.signer = signer;
        this.publicHalf = Es256PublicKey.of(signer.publicKeys());
        this.connection = connection;
    }

    /** The key that was typed, or else the stack's or the environment's; empty when nothing names one. */
    static Optional<String> named(Optional<String> typed, TableOptions table, CommandContext context) throws Complaint {
        return table.setting(StackOutput.POLICY_KEY, typed, VARIABLE, context);
    }

    /** Reads the public half ({@code kms:GetPublicKey}). */
    public static PolicyKey open(String name, Cloud cloud) throws Complaint {
        if (!NAME.matcher(name).matches()) {
            throw Complaint.usage(
                    "The policy key is neither an ARN nor an alias: " + Printable.typed(name) + ".",
                    "Write it as in the stack's outputs, or as alias/NAME.");
        }
        KmsClient kms = cloud.kms();
        try {
            return new PolicyKey(KmsSigner.open(kms, name), kms);
        } catch (SignerUnavailable e) {
            kms.close();
            throw refused(e);
        }
    }

    public Es256PublicKey publicHalf() {
        return publicHalf;
    }

    boolean hasSigned(PolicyRelease release, String table) {
        return release.signature()
                .filter(signature -> publicHalf.verifies(release.statement(table), signature))
                .isPresent();
    }

    /** Signs ({@code kms:Sign}), and looks at the signature as the issuer will. */
    PolicyRelease sign(PolicyRelease release, String table) throws Complaint {
        try {
            var signature = signer.sign(release.statement(table));
            var signed = release.signed(Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
            if (!hasSigned(signed, table)) {
                throw new SignerUnavailable(
                        SignerUnavailable.Why.WRONG_KIND, "its signature does not match its public key");
            }
            return signed;
        } catch (SignerUnavailable e) {
            throw refused(e);
        }
    }

    private static Complaint refused(SignerUnavailable unusable) {
        return Complaint.refused(
                "The policy key cannot be used: " + Printable.of(String.valueOf(unusable.getMessage())) + ".",
                "Check its name, the region, and that your AWS credentials may use it; nothing was published.");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (Exception alreadyGone) {
            // Nothing was left to send.
        }
    }
}
