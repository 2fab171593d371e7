// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.Optional;
import java.util.function.Function;

/** The result of using a token once. Only {@link Redeemed} allows the task. */
public sealed interface RedeemAnswer {
    /** The token permits exactly this action on this identifier, and the use is counted now: do the task. */
    record Redeemed(ActiveToken token) implements RedeemAnswer {}

    /**
     * This very use was counted before, so the work may be done already. Look into your own record of it: answer its
     * result, or 409. Nothing was counted.
     *
     * @param token where the use {@linkplain Use#allowingRepeat allows repeats} and the token is neither closed nor
     *     lapsed: what it permits, so that a job of your own that is undone may be done
     */
    record Repeated(Optional<ActiveToken> token) implements RedeemAnswer {}

    /**
     * Not permitted; nothing was counted.
     *
     * @param reason expired, closed, lapsed, window, spent or not_permitted; absent for what the issuer did not sign
     *     for this server. For a token that is bound to a key also invalid_dpop_proof and use_dpop_nonce
     * @param nonce for a token that is bound to a key: what the holder's next proof must carry; answer it as the header
     *     {@code DPoP-Nonce} (RFC 9449 section 9)
     */
    record NotRedeemed(Optional<String> reason, Optional<String> nonce) implements RedeemAnswer {
        /** Of a token that is bound to no key. */
        public NotRedeemed(Optional<String> reason) {
            this(reason, Optional.empty());
        }
    }

    /** The server's own request was refused, such as {@code invalid_client}. */
    record Refused(Refusal refusal) implements RedeemAnswer {}

    /** Not known, and the use may be counted: refuse the task; asking again for the same use is safe. */
    record Unavailable(Outage outage) implements RedeemAnswer {}

    /** One function for each kind of answer. */
    default <T> T match(
            Function<Redeemed, T> redeemed,
            Function<Repeated, T> repeated,
            Function<NotRedeemed, T> notRedeemed,
            Function<Refused, T> refused,
            Function<Unavailable, T> unavailable) {
        if (this instanceof Redeemed it) {
            return redeemed.apply(it);
        }
        if (this instanceof Repeated it) {
            return repeated.apply(it);
        }
        if (this instanceof NotRedeemed it) {
            return notRedeemed.apply(it);
        }
        return this instanceof Refused it ? refused.apply(it) : unavailable.apply((Unavailable) this);
    }
}
