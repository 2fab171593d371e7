// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.verify;

import io.taskbound.cli.terminal.JwtText;
import io.taskbound.client.ActiveToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.KeysAnswer;
import io.taskbound.client.Outage;
import io.taskbound.client.Patience;
import io.taskbound.client.Rejection;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.client.TaskVerifier;
import java.time.Clock;
import java.time.Duration;

/** What the issuer that the user trusts says of a token: by its published keys, and asked about its ledger. */
final class IssuerAnswers {
    /** A person is waiting: two tries, ten seconds. */
    private static final Patience SHORT = new Patience(
            2, Duration.ofSeconds(10), Duration.ofSeconds(8), Duration.ofMillis(300), Duration.ofSeconds(1));

    private final IssuerUrl issuer;
    private final Clock clock;

    IssuerAnswers(String issuer, Clock clock) {
        this.issuer = IssuerUrl.of(issuer);
        this.clock = clock;
    }

    /** Signature, type and times; the audience is the token's own, since the user asks about the token as it is. */
    Finding signature(String text, JwtText said) {
        var audience = said.claims().string("aud").filter(aud -> !aud.isBlank());
        if (audience.isEmpty()) {
            return Finding.against(
                    "signature", "not checked: a task token has exactly one audience, and this" + " one does not");
        }
        var verifier = TaskVerifier.builder(issuer, audience.get())
                .clock(clock)
                .redeemingAfterwards()
                .provingElsewhere()
                .build();
        return verifier.verify(text)
                .match(
                        accepted -> Finding.good("signature", "valid, by " + issuer),
                        rejected -> Finding.against("signature", "not acceptable: " + words(rejected.reason())),
                        none -> unknown("signature", none.outage()));
    }

    private static String words(Rejection reason) {
        return switch (reason) {
            case MALFORMED -> "malformed";
            case WRONG_TYPE -> "wrong type";
            case WRONG_ALGORITHM -> "wrong algorithm";
            case UNKNOWN_KEY -> "unknown key";
            case BAD_SIGNATURE -> "bad signature";
            case WRONG_ISSUER -> "wrong issuer";
            case WRONG_AUDIENCE -> "wrong audience";
            case EXPIRED -> "expired";
            case NOT_YET_VALID -> "not yet valid";
            case MUST_BE_REDEEMED -> "must be redeemed";
            case NO_STATUS -> "carries no status";
            case ENDED -> "ended, by the issuer's status list";
            case BAD_STATUS -> "names no place in a status list of this issuer";
            case PROOF_MISSING -> "bound to a key, and without a proof of it";
            case BAD_PROOF -> "with a bad proof of its key";
            case NOT_BOUND -> "bound to no key";
        };
    }

    /** Of a token with limited uses introspection says nothing, alive or dead: its server must redeem it. */
    Finding alive(String text, JwtText said, ServerCredentials server) {
        boolean limited = said.claims().members().containsKey("max_uses");
        var client = IssuerClient.builder(issuer).clock(clock).patience(SHORT).build();
        return client.introspect(server, TaskToken.of(text))
                .match(
                        active -> Finding.good("alive", "yes" + uses(active.token())),
                        inactive -> limited
                                ? Finding.open(
                                        "alive",
                                        "not told: its uses are limited, so only a redeem by its server can tell")
                                : Finding.against("alive", "no, or not for this server"),
                        refused -> Finding.against(
                                "alive", "no answer: " + refused.refusal().code()),
                        none -> unknown("alive", none.outage()));
    }

    /** The keys as the issuer publishes them, for a receipt. */
    KeysAnswer keys() {
        return IssuerClient.builder(issuer).clock(clock).patience(SHORT).build().publishedKeys();
    }

    private static String uses(ActiveToken token) {
        return token.usesLeft()
                .map(left -> ", " + left + (left == 1 ? " use left" : " uses left"))
                .orElse("");
    }

    private static Finding unknown(String about, Outage outage) {
        return Finding.against(about, "unknown: " + outage.sentence());
    }
}
