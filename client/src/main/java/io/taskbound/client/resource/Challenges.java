// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.resource;

import io.taskbound.client.RedeemAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Refusals with their {@code WWW-Authenticate} (RFC 6750 section 3, RFC 9449 section 7.1). */
final class Challenges {
    private static final String ALGORITHMS = "algs=\"ES256\"";

    private final boolean proofs;

    /** @param proofs whether a request without a token is told that it may be bound to a key */
    Challenges(boolean proofs) {
        this.proofs = proofs;
    }

    Verdict nothing() {
        var challenge = proofs ? "Bearer, DPoP " + ALGORITHMS : "Bearer";
        return refused(401, "no_token", "This needs a task token.", challenge, Optional.empty());
    }

    Verdict malformed(String why) {
        var challenge = "Bearer error=\"invalid_request\"";
        return refused(401, "malformed", "The token cannot be read: " + why + ".", challenge, Optional.empty());
    }

    Verdict repeated() {
        return new Verdict.Refused(409, "repeat", "This use was counted before.", Map.of(), Optional.empty());
    }

    Verdict noTaskToken() {
        return dead(new RedeemAnswer.NotRedeemed(Optional.empty(), Optional.empty()), Scheme.BEARER);
    }

    Verdict bearerOnly() {
        return refused(
                401,
                "invalid_token",
                "This service takes no tokens that are bound to a key.",
                "Bearer error=\"invalid_token\"",
                Optional.empty());
    }

    Verdict notBound() {
        return refused(
                401,
                "invalid_token",
                "The token is bound to no key, so it cannot be used under the scheme DPoP.",
                "DPoP error=\"invalid_token\", " + ALGORITHMS,
                Optional.empty());
    }

    Verdict dead(RedeemAnswer.NotRedeemed dead, Scheme scheme) {
        var reason = dead.reason().orElse("invalid_token");
        return switch (reason) {
            case "not_permitted" ->
                refused(
                        403,
                        reason,
                        "The token does not permit this.",
                        scheme.word() + " error=\"insufficient_scope\"" + algorithms(scheme),
                        dead.nonce());
            case "invalid_dpop_proof", "use_dpop_nonce" ->
                refused(
                        401,
                        reason,
                        reason.equals("use_dpop_nonce")
                                ? "The proof must carry the nonce of this answer."
                                : "The proof of the token's key is missing or is not for this request.",
                        "DPoP error=\"" + reason + "\", " + ALGORITHMS,
                        dead.nonce());
            default ->
                refused(
                        401,
                        known(reason),
                        "The token is not valid, or no longer.",
                        scheme.word() + " error=\"invalid_token\"" + algorithms(scheme),
                        dead.nonce());
        };
    }

    /** A bounded set, whatever a newer issuer says. */
    private static String known(String reason) {
        return switch (reason) {
            case "expired", "closed", "lapsed", "window", "spent" -> reason;
            default -> "invalid_token";
        };
    }

    private static String algorithms(Scheme scheme) {
        return scheme == Scheme.DPOP ? ", " + ALGORITHMS : "";
    }

    private static Verdict refused(
            int status, String reason, String message, String challenge, Optional<String> nonce) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("WWW-Authenticate", challenge);
        nonce.ifPresent(value -> headers.put("DPoP-Nonce", value));
        return new Verdict.Refused(status, reason, message, headers, Optional.empty());
    }
}
