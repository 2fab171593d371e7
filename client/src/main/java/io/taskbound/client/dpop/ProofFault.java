// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.dpop;

/** Why a proof does not let a token be used. For the server's own log; its caller hears {@code invalid_dpop_proof}. */
public enum ProofFault {
    /** Not one JWT in good form that the key in its header has signed (RFC 9449 section 4.2). */
    FORM,
    /** For another method or URL. */
    REQUEST,
    /** More than 60 seconds old, or more than 30 seconds ahead. */
    TIME,
    /** Of another key than the token's. */
    KEY,
    /** For another token. */
    TOKEN,
    /** It was used before. */
    REPLAYED,
    /** So many proofs came within 90 seconds that not all can be remembered: nothing more is let in for the moment. */
    TOO_MANY
}
