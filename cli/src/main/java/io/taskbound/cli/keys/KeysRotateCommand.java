// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.issuer.KeyRotation.Outcome;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.SignerUnavailable;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys rotate}: makes the next signing key, published first. */
@Command(
        name = "rotate",
        header = "Create the next signing key.",
        description = {
            "",
            "The new key is published now and signs after --publish-for, so that everyone who caches the JWK"
                    + " Set has it by then. The old key stays published while its tokens may be alive and is then"
                    + " removed automatically. Nothing more has to be done; no token is lost. With the kms signer this"
                    + " creates a KMS key, which costs money until you delete it.",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound keys rotate --table taskbound --signing-key alias/taskbound",
            "  taskbound keys rotate --table taskbound --signer sealed --signing-key alias/taskbound-seal"
        })
public final class KeysRotateCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private TableOptions options = new TableOptions();

    @Mixin
    private SignerOptions signer = new SignerOptions();

    @Option(
            names = "--publish-for",
            paramLabel = "D",
            defaultValue = "24h",
            description = "How long it is published before it signs: 10m or longer (default: 24h). If no key is"
                    + " signing, as before a sealed issuer's first one, it signs at once.")
    private String publishFor = "24h";

    public KeysRotateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var length = PublishFor.parse(publishFor);
        try (var table = options.open(context);
                var workshop = KeyCommands.open(table, signer, context)) {
            var now = context.clock().instant();
            var outcome = workshop.rotation().rotate(length, Duration.ZERO, now);
            if (outcome instanceof Outcome.Changed changed && changed.made().isPresent()) {
                tell(changed, changed.made().get());
                return 0;
            }
            if (outcome instanceof Outcome.Refused refused) {
                throw Complaint.refused("No key was created: " + refused.why() + ".", sentence(refused.remedy()));
            }
            throw KeyCommands.overtaken();
        } catch (SignerUnavailable e) {
            throw KeyCommands.unavailable(e);
        } catch (LedgerUnavailable e) {
            throw KeyCommands.unreachable(e);
        }
    }

    private void tell(Outcome.Changed changed, KeyRecord made) {
        var lines = new KeyLines(changed.changed(), context.clock().instant());
        context.say(context.green("Made") + " " + made.keyId() + ". The keys as they are now:");
        changed.changed().published(lines.now()).forEach(key -> lines.of(key).forEach(context::say));
        context.say("Issuers follow within 60 s.");
    }

    static String sentence(String remedy) {
        return Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) + ".";
    }
}
