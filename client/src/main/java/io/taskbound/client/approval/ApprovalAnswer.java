// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.approval;

import io.taskbound.client.Outage;
import io.taskbound.client.Refusal;
import java.util.function.Function;

/** The result of looking at an approval, or of deciding on it. */
public sealed interface ApprovalAnswer {
    /** How it stands, with the decision if one was sent. */
    record Shown(ShownApproval approval) implements ApprovalAnswer {}

    /**
     * The issuer said no; nothing was recorded by this call.
     *
     * @param afterLostAnswer unless an earlier try was recorded without its answer arriving: look again
     */
    record Refused(Refusal refusal, boolean afterLostAnswer) implements ApprovalAnswer {}

    /** No usable answer came; a decision may have been recorded if the request may have arrived: look again. */
    record Unavailable(Outage outage) implements ApprovalAnswer {}

    /** One function for each kind of answer. */
    default <T> T match(Function<Shown, T> shown, Function<Refused, T> refused, Function<Unavailable, T> unavailable) {
        if (this instanceof Shown it) {
            return shown.apply(it);
        }
        return this instanceof Refused it ? refused.apply(it) : unavailable.apply((Unavailable) this);
    }
}
