// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.verify;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.client.receipt.ReceiptFlaw;
import io.taskbound.client.receipt.ReceiptVerifier;
import io.taskbound.client.receipt.VerifiedReceipt;
import io.taskbound.client.step.ReceiptText;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Verifies a receipt and tells its story; of one that does not verify, nothing is told but why. */
final class ReceiptCheck {
    private static final int PEM_LINE = 64;

    private final CommandContext context;
    private final ReceiptVerifier verifier;
    private final boolean json;

    ReceiptCheck(CommandContext context, ReceiptVerifier verifier, boolean json) {
        this.context = context;
        this.verifier = verifier;
        this.json = json;
    }

    /**
     * The exit code.
     *
     * @param pem where the key that signed is to be written, for other tools
     */
    int run(String text, Optional<Path> pem) throws Complaint {
        var verification = verifier.verify(text);
        var rejected =
                verification.<Optional<ReceiptFlaw>>match(accepted -> Optional.empty(), no -> Optional.of(no.flaw()));
        if (rejected.isPresent()) {
            return refused(rejected.get());
        }
        var receipt = verification.<Optional<VerifiedReceipt>>match(
                accepted -> Optional.of(accepted.receipt()), no -> Optional.empty());
        return told(receipt.orElseThrow(), pem);
    }

    private int refused(ReceiptFlaw flaw) {
        if (json) {
            context.say(JsonLine.of(JsonObject.builder()
                    .put("holds", false)
                    .put("flaw", flaw.name().toLowerCase(Locale.ROOT))
                    .put("why", flaw.sentence())
                    .build()));
        } else {
            context.say(Finding.against("receipt", "not acceptable: " + flaw.sentence())
                    .shown(context));
            if (flaw == ReceiptFlaw.UNKNOWN_KEY) {
                context.say("An issuer publishes a key only while its tokens may be alive. Use the key set that was"
                        + " saved with the receipt: --keys FILE.");
            }
        }
        return Complaint.REFUSED;
    }

    private int told(VerifiedReceipt receipt, Optional<Path> pem) throws Complaint {
        if (pem.isPresent()) {
            write(pem.get(), verifier.key(receipt.keyId()).orElseThrow());
        }
        if (json) {
            context.say(JsonLine.of(JsonObject.builder()
                    .put("holds", true)
                    .put("key", receipt.keyId())
                    .put("statement", statement(receipt))
                    .build()));
            return 0;
        }
        context.say(ReceiptText.joined(receipt));
        context.say("");
        context.say(Finding.good("signature", "valid, by key " + Printable.of(receipt.keyId()))
                .shown(context));
        context.say("This is what the issuer's ledger knew. Redeemed means that the resource server counted a use; that"
                + " the work was done, only that server can say.");
        return 0;
    }

    private static JsonObject statement(VerifiedReceipt receipt) throws Complaint {
        try {
            return StrictJson.parseObject(receipt.statement().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson otherReadersDiffer) {
            throw Complaint.refused(
                    "The receipt's statement is not strict JSON.", "Ask the issuer's operator which version it runs.");
        }
    }

    private static void write(Path file, ECKey key) throws Complaint {
        try {
            var base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'});
            Files.writeString(
                    file,
                    "-----BEGIN PUBLIC KEY-----\n"
                            + base64.encodeToString(key.toECPublicKey().getEncoded())
                            + "\n-----END PUBLIC KEY-----\n");
        } catch (IOException e) {
            throw Complaint.refused(
                    "The key cannot be written to " + file + ": " + FileTrouble.words(e) + ".",
                    "Name another file with --pem.");
        } catch (JOSEException everyJavaHasP256) {
            throw new IllegalStateException(everyJavaHasP256);
        }
    }
}
