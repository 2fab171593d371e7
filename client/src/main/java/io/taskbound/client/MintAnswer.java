// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The result of asking for a task token. */
public sealed interface MintAnswer {
    /** The token. Someone must close it: see {@link IssuerClient#hold}. */
    record Granted(GrantedToken token) implements MintAnswer {}

    /**
     * A dry run that would have been granted; nothing was written or consumed.
     *
     * @param needsApproval the groups of whom somebody would have to approve it first, printable; empty where nobody
     *     has to
     */
    record WouldGrant(List<String> needsApproval) implements MintAnswer {
        public WouldGrant {
            needsApproval = List.copyOf(needsApproval);
        }
    }

    /**
     * People must approve the request first. Nothing was issued, and the ID token was not used up. Ask again with the
     * very same request and a fresh ID token of the same job: {@link io.taskbound.client.step.ApprovalWait} knows when.
     */
    record Pending(PendingApproval approval) implements MintAnswer {}

    /**
     * The issuer said no.
     *
     * @param afterLostAnswer an earlier try of this call may have been granted without its answer arriving, and this is
     *     then the refusal of a replay: close with {@link TokensToClose#allOfJob} and ask again with a new ID token
     * @param approvalId where people were asked to approve it: which approval was denied, or came to nothing
     */
    record Refused(Refusal refusal, boolean afterLostAnswer, Optional<String> approvalId) implements MintAnswer {}

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
                pending -> false,
                Refused::afterLostAnswer,
                unavailable -> unavailable.outage().mayHaveArrived());
    }

    /** One function for each kind of answer. */
    default <T> T match(
            Function<Granted, T> granted,
            Function<WouldGrant, T> wouldGrant,
            Function<Pending, T> pending,
            Function<Refused, T> refused,
            Function<Unavailable, T> unavailable) {
        if (this instanceof Granted it) {
            return granted.apply(it);
        }
        if (this instanceof WouldGrant it) {
            return wouldGrant.apply(it);
        }
        if (this instanceof Pending it) {
            return pending.apply(it);
        }
        return this instanceof Refused it ? refused.apply(it) : unavailable.apply((Unavailable) this);
    }
}
