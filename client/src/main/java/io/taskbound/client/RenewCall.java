// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

/** Reads the answer to a heartbeat. */
final class RenewCall {
    private RenewCall() {}

    static RenewAnswer read(Reply reply, TaskToken token, HolderVerifier holder) {
        return reply.match(
                received -> read(received, token.reveal(), holder.reveal()),
                none -> new RenewAnswer.Unavailable(none.outage()));
    }

    private static RenewAnswer read(Reply.Received received, String... secrets) {
        if (received.status() == 200) {
            return received.json()
                    .flatMap(body -> Seconds.orNone(body, "lease_expires_in"))
                    .<RenewAnswer>map(lease -> new RenewAnswer.Renewed(
                            received.sentAt().plus(lease),
                            received.answer().header("DPoP-Nonce").flatMap(ActiveToken::nonce)))
                    .orElseGet(() -> new RenewAnswer.Unavailable(received.notAnIssuer("without a lease")));
        }
        return received.json()
                .flatMap(body -> Refusal.from(body, secrets))
                .<RenewAnswer>map(RenewAnswer.Refused::new)
                .orElseGet(() -> new RenewAnswer.Unavailable(received.notAnIssuer("without an OAuth error")));
    }
}
