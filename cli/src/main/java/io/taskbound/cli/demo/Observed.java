// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.client.GrantedToken;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.RedeemAnswer;
import java.util.Map;

/**
 * What came of one act in the story, as the issuer answered and logged it.
 *
 * @param verdict GRANTED, REFUSED, or what a resource server did
 * @param reason the issuer's inner reason, from its audit log; empty where it allowed
 */
public record Observed(String verdict, String reason) {
    static final String GRANTED = "GRANTED";
    static final String REFUSED = "REFUSED";

    /** The others are words as they are. */
    private static final Map<String, String> IN_WORDS = Map.of(
            "replayed", "already exchanged",
            "not_permitted", "wrong target",
            "other_resource_server", "other service",
            "not_allowed", "not permitted",
            "dpop_missing", "no proof of its key",
            "dpop_replayed", "the proof was used",
            "dpop_request", "a proof for another request",
            "dpop_key", "another key's proof");

    public static Observed did(String verdict) {
        return new Observed(verdict, "");
    }

    /** The issuer said yes. */
    public static Observed granted() {
        return did(GRANTED);
    }

    public static Observed refused(String reason) {
        return new Observed(REFUSED, reason);
    }

    static Observed of(MintAnswer answer, AuditTail audit) {
        return answer.match(
                granted -> did(GRANTED),
                wouldGrant -> did("WOULD GRANT"),
                pending -> did("APPROVAL NEEDED"),
                refused -> refused(reason(audit, "mint")),
                none -> new Observed("NO ANSWER", none.outage().sentence()));
    }

    /** @param done what the resource server does when it may */
    static Observed of(RedeemAnswer answer, String done, AuditTail audit) {
        return answer.match(
                redeemed -> did(done),
                repeated -> new Observed("REPEATED", ""),
                // To a server that it is not for, the issuer does not say why; its audit log does.
                not -> refused(not.reason().orElseGet(() -> reason(audit, "redeem"))),
                refused -> new Observed("ERROR", refused.refusal().code()),
                none -> new Observed("NO ANSWER", none.outage().sentence()));
    }

    private static String reason(AuditTail audit, String event) {
        return audit.last(event).flatMap(line -> line.string("reason")).orElse("?");
    }

    String inWords() {
        return IN_WORDS.getOrDefault(reason, reason);
    }

    /** The token of a grant, without which the story cannot go on. */
    static GrantedToken token(MintAnswer answer, String who) throws StoryBroken {
        if (answer instanceof MintAnswer.Granted granted) {
            return granted.token();
        }
        throw new StoryBroken(who + " got no token");
    }
}
