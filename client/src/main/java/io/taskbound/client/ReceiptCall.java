// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

/** Reads the answer to a request for a receipt. */
final class ReceiptCall {
    /** A hundred uses of the longest targets stay below it. */
    static final int MAX_BYTES = 256 * 1024;

    private ReceiptCall() {}

    static ReceiptAnswer read(Reply reply, String... secrets) {
        return reply.match(received -> read(received, secrets), none -> new ReceiptAnswer.Unavailable(none.outage()));
    }

    private static ReceiptAnswer read(Reply.Received received, String... secrets) {
        if (received.status() == 200) {
            return received.json()
                    .filter(body -> body.text("payload").isPresent() && body.has("signatures"))
                    .<ReceiptAnswer>map(envelope -> new ReceiptAnswer.Received(KeyFetch.text(received)))
                    .orElseGet(() -> new ReceiptAnswer.Unavailable(received.notAnIssuer("without a receipt")));
        }
        return received.json()
                .flatMap(body -> Refusal.from(body, secrets))
                .<ReceiptAnswer>map(ReceiptAnswer.Refused::new)
                .orElseGet(() -> new ReceiptAnswer.Unavailable(received.notAnIssuer("without an OAuth error")));
    }
}
