// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.Reason;
import io.taskbound.credential.Access;
import io.taskbound.credential.NotDeliverable;
import io.taskbound.policy.Grant;
import java.util.Optional;

/**
 * Whether a grant for a resource server that the issuer serves itself can become a credential of that server. It is
 * asked before a token is made, so that no step holds a token with which nothing can be fetched.
 */
final class Deliverable {
    private static final String NO_CHALLENGE =
            "this task needs a holder_challenge: whoever fetches its credential must show the verifier";

    private Deliverable() {}

    /** Empty for any other resource server, and for a grant that can be delivered. A rule has allowed the caller. */
    static Optional<Refusal> refusal(Grant grant, MintRequest request) {
        var delivery = grant.server().delivery();
        if (delivery.isEmpty()) {
            return Optional.empty();
        }
        try {
            Access.of(delivery.get(), grant.permissions());
        } catch (NotDeliverable why) {
            return Optional.of(Refusal.notDeliverable(why));
        }
        return request.challenge().isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.of(ErrorCode.INVALID_REQUEST, NO_CHALLENGE, Reason.NO_CHALLENGE));
    }
}
