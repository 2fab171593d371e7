// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

/** Reads the answer to a revocation (RFC 7009 section 2.2). */
final class CloseCall {
    private CloseCall() {}

    static CloseAnswer read(Reply reply, String secret) {
        return reply.match(received -> read(received, secret), none -> new CloseAnswer.Unavailable(none.outage()));
    }

    private static CloseAnswer read(Reply.Received received, String secret) {
        boolean empty = received.answer().body().length == 0;
        // A 200 with a page of HTML is some portal's log-in form: nobody closed anything.
        if (received.status() == 200 && (empty || received.json().isPresent())) {
            return new CloseAnswer.Closed();
        }
        return received.json()
                .flatMap(body -> Refusal.from(body, secret))
                .<CloseAnswer>map(CloseAnswer.Refused::new)
                .orElseGet(() -> new CloseAnswer.Unavailable(received.notAnIssuer("without an OAuth answer")));
    }
}
