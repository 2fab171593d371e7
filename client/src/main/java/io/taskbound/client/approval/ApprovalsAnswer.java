// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.approval;

import io.taskbound.client.Outage;
import io.taskbound.client.Refusal;
import java.util.List;
import java.util.function.Function;

/** The result of asking what waits for a person. */
public sealed interface ApprovalsAnswer {
    /** The newest first; an issuer names at most fifty. */
    record Listed(List<ListedApproval> approvals) implements ApprovalsAnswer {
        public Listed {
            approvals = List.copyOf(approvals);
        }
    }

    /** The ID token was not accepted, or is nobody's who may approve. */
    record Refused(Refusal refusal) implements ApprovalsAnswer {}

    /** No usable answer came; asking again is safe. */
    record Unavailable(Outage outage) implements ApprovalsAnswer {}

    /** One function for each kind of answer. */
    default <T> T match(
            Function<Listed, T> listed, Function<Refused, T> refused, Function<Unavailable, T> unavailable) {
        if (this instanceof Listed it) {
            return listed.apply(it);
        }
        return this instanceof Refused it ? refused.apply(it) : unavailable.apply((Unavailable) this);
    }
}
