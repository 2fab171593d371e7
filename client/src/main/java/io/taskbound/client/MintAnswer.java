// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.function.Function;

/** The result of asking for a task token. */
public sealed interface MintAnswer {
    /** The token. Someone must close it: see {@link IssuerClient#hold}. */
    record Granted(GrantedToken token) implements MintAnswer {}

    /** A dry run that would have been granted; nothing was written or consumed. */
    record WouldGrant() implements MintAnswer {}

    /**
     * The issuer said no.
     *
     * @param afterLostAnswer an earlier try of this call may have been granted without its answer arriving, and this is
     *     then the refusal of a replay: close with {@link TokensToClose#allOfJob} and ask again with a new ID token
     */
    record Refused(Refusal refusal, boolean afterLostAnswer) implements MintAnswer {}

    /**
     * Nothing was decided, or the decision did not arrive. When the request {@linkplain Outage#mayHaveArrived may have
     * arrived}, a token may live that nobody holds: {@link TokensToClose#allOfJob} closes it, or its lease or expiry
     * does.
     */
    record Unavailable(Outage outage) implements MintAnswer {}

    /** A token may live that is not in our hands, and only {@link TokensToClose#allOfJob} can name it. */
    default boolean mayHaveLeftAToken() {
        return match(
                granted -> false,
                wouldGrant -> false,
                Refused::afterLostAnswer,
                unavailable -> unavailable.outage().mayHaveArrived());
    }

    /** One function for each kind of answer. */
    default <T> T match(
            Function<Granted, T> granted,
            Function<WouldGrant, T> wouldGrant,
            Function<Refused, T> refused,
            Function<Unavailable, T> unavailable) {
        if (this instanceof Granted it) {
            return granted.apply(it);
        }
        if (this instanceof WouldGrant it) {
            return wouldGrant.apply(it);
        }
        return this instanceof Refused it ? refused.apply(it) : unavailable.apply((Unavailable) this);
    }
}
