// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.RepeatedNames;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the form of an envelope, strictly: two readers must not see two receipts in one text. */
final class EnvelopeReader {
    private static final Set<String> MEMBERS = Set.of("payloadType", "payload", "signatures");
    private static final Set<String> SIGNATURE_MEMBERS = Set.of("keyid", "sig");

    private final String text;

    EnvelopeReader(String text) {
        this.text = text;
    }

    /** @throws Flawed at the first flaw */
    Envelope read() throws Flawed {
        Flawed.unless(text.length() <= ReceiptVerifier.MAX_LENGTH, ReceiptFlaw.TOO_LARGE);
        var envelope = JsonObject.parse(text)
                .filter(object -> object.names().equals(MEMBERS) && !RepeatedNames.areIn(text))
                .orElseThrow(() -> new Flawed(ReceiptFlaw.NOT_AN_ENVELOPE));
        Flawed.unless(
                envelope.text("payloadType")
                        .filter(Envelope.PAYLOAD_TYPE::equals)
                        .isPresent(),
                ReceiptFlaw.WRONG_PAYLOAD_TYPE);
        var signature = only(envelope.objects("signatures"));
        return new Envelope(
                base64(envelope.text("payload")),
                signature.text("keyid").orElseThrow(() -> new Flawed(ReceiptFlaw.UNKNOWN_KEY)),
                base64(signature.text("sig")));
    }

    private static JsonObject only(Optional<List<JsonObject>> signatures) throws Flawed {
        Flawed.unless(signatures.filter(list -> list.size() == 1).isPresent(), ReceiptFlaw.NOT_ONE_SIGNATURE);
        var signature = signatures.orElseThrow().get(0);
        Flawed.unless(signature.names().equals(SIGNATURE_MEMBERS), ReceiptFlaw.NOT_AN_ENVELOPE);
        return signature;
    }

    /** Standard base64 with padding, in its one spelling. */
    private static byte[] base64(Optional<String> text) throws Flawed {
        try {
            var bytes = Base64.getDecoder().decode(text.orElse("-"));
            Flawed.unless(
                    text.filter(Base64.getEncoder().encodeToString(bytes)::equals)
                            .isPresent(),
                    ReceiptFlaw.BAD_BASE64);
            return bytes;
        } catch (IllegalArgumentException notBase64) {
            throw new Flawed(ReceiptFlaw.BAD_BASE64);
        }
    }
}
