// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.Printable;
import java.util.Optional;

/** Reads the answers to a resource server. What is not plainly active is not active. */
final class ServerCall {
    private ServerCall() {}

    static IntrospectAnswer introspected(Reply reply, String... secrets) {
        return reply.match(
                received -> introspected(received, secrets), none -> new IntrospectAnswer.Unavailable(none.outage()));
    }

    private static IntrospectAnswer introspected(Reply.Received received, String... secrets) {
        if (received.status() == 200) {
            return received.json()
                    .flatMap(ServerCall::introspection)
                    .orElseGet(() -> new IntrospectAnswer.Unavailable(received.notAnIssuer("without a whole state")));
        }
        return refusal(received, secrets)
                .<IntrospectAnswer>map(IntrospectAnswer.Refused::new)
                .orElseGet(() -> new IntrospectAnswer.Unavailable(received.notAnIssuer("without an OAuth error")));
    }

    static RedeemAnswer redeemed(Reply reply, String... secrets) {
        return reply.match(
                received -> redeemed(received, secrets), none -> new RedeemAnswer.Unavailable(none.outage()));
    }

    private static RedeemAnswer redeemed(Reply.Received received, String... secrets) {
        if (received.status() == 200) {
            return received.json()
                    .flatMap(ServerCall::redemption)
                    .orElseGet(() -> new RedeemAnswer.Unavailable(received.notAnIssuer("without a whole state")));
        }
        return refusal(received, secrets)
                .<RedeemAnswer>map(RedeemAnswer.Refused::new)
                .orElseGet(() -> new RedeemAnswer.Unavailable(received.notAnIssuer("without an OAuth error")));
    }

    private static Optional<IntrospectAnswer> introspection(JsonObject body) {
        return body.flag("active")
                .flatMap(active -> active
                        ? ActiveToken.from(body).map(IntrospectAnswer.Active::new)
                        : Optional.of(new IntrospectAnswer.Inactive()));
    }

    private static Optional<RedeemAnswer> redemption(JsonObject body) {
        return body.flag("active").flatMap(active -> active ? active(body) : Optional.of(inactive(body)));
    }

    private static Optional<RedeemAnswer> active(JsonObject body) {
        boolean firstUse = body.flag("first_use").orElse(true);
        return ActiveToken.from(body)
                .map(token ->
                        firstUse ? new RedeemAnswer.Redeemed(token) : new RedeemAnswer.Repeated(Optional.of(token)));
    }

    private static RedeemAnswer inactive(JsonObject body) {
        var reason = body.text("reason");
        return reason.equals(Optional.of("repeat"))
                ? new RedeemAnswer.Repeated(Optional.empty())
                : new RedeemAnswer.NotRedeemed(reason.map(Printable::of), ActiveToken.nonce(body));
    }

    private static Optional<Refusal> refusal(Reply.Received received, String... secrets) {
        return received.json().flatMap(body -> Refusal.from(body, secrets));
    }
}
