// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.Reason;
import io.taskbound.dpop.BadProof;
import io.taskbound.dpop.ProofRule;

/** Refuses a proof of a key by the codes of RFC 9449 sections 5 and 8; the audit log says which rule it breaks. */
final class KeyProofRefusals {
    private KeyProofRefusals() {}

    /** At /token. A proof is the client's own, so that the client may know all that is wrong with it. */
    static Refusal of(BadProof bad) {
        return bad.rule() == ProofRule.NONCE
                ? Refusal.of(
                        ErrorCode.USE_DPOP_NONCE,
                        "the DPoP proof " + bad.what() + "; make one with the nonce of this answer's header DPoP-Nonce",
                        reason(bad))
                : Refusal.of(ErrorCode.INVALID_DPOP_PROOF, "the DPoP proof " + bad.what(), reason(bad));
    }

    /** A rule allows the task, so its caller may know. */
    static Refusal keyRequired() {
        return Refusal.of(
                ErrorCode.INVALID_DPOP_PROOF,
                "this resource server takes only tokens that are bound to a key; send a DPoP proof (taskbound run"
                        + " --inject does)",
                Reason.DPOP_MISSING);
    }

    /** At /redeem and /introspect. */
    static TokenState.Why why(BadProof bad) {
        return bad.rule() == ProofRule.NONCE ? TokenState.Why.USE_DPOP_NONCE : TokenState.Why.INVALID_DPOP_PROOF;
    }

    static Reason reason(BadProof bad) {
        return switch (bad.rule()) {
            case PRESENT -> Reason.DPOP_MISSING;
            case FORM -> Reason.DPOP_MALFORMED;
            case KEY -> Reason.DPOP_KEY;
            case REQUEST -> Reason.DPOP_REQUEST;
            case TOKEN -> Reason.DPOP_TOKEN;
            case TIME -> Reason.DPOP_TIME;
            case NONCE -> Reason.DPOP_NONCE;
            case SINGLE_USE -> Reason.DPOP_REPLAYED;
        };
    }
}
