// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.dpop.PresentedProof;

/**
 * Why a resource server must not accept a token. For its own log: the caller is only told that the token is not valid.
 */
public enum Rejection {
    /** Not a signed JWT with the claims of a task token (RFC 7519, RFC 9068), or too long. */
    MALFORMED,
    /** {@code typ} is neither at+jwt nor JWT, or the header asks for something unknown ({@code crit}). */
    WRONG_TYPE,
    /** {@code alg} is not ES256. */
    WRONG_ALGORITHM,
    /** No key of the issuer has this {@code kid}. */
    UNKNOWN_KEY,
    /** The signature does not verify with the issuer's key. */
    BAD_SIGNATURE,
    /** {@code iss} is not this verifier's issuer. */
    WRONG_ISSUER,
    /** {@code aud} is not exactly the one string that names this server. */
    WRONG_AUDIENCE,
    /** At {@code exp} a token is dead. */
    EXPIRED,
    /** {@code nbf} is more than 30 seconds ahead. */
    NOT_YET_VALID,
    /**
     * Uses are counted, and this verifier was not told that it redeems: see
     * {@link TaskVerifier.Builder#redeemingAfterwards}.
     */
    MUST_BE_REDEEMED,
    /**
     * The token carries no {@code status}, and this verifier insists on one:
     * {@link TaskVerifier.Builder#requiringStatus}.
     */
    NO_STATUS,
    /** The issuer's status list says that the token has ended. */
    ENDED,
    /** The token names a status list that is not this issuer's, or a place that the list does not have. */
    BAD_STATUS,
    /** The token is bound to a key, and no proof of it came: {@link TaskVerifier#verify(String, PresentedProof)}. */
    PROOF_MISSING,
    /** The proof does not let this token be used for this request. */
    BAD_PROOF,
    /**
     * A proof came with a token that is bound to no key: it must not be taken for one that is (RFC 9449 section 7.1).
     */
    NOT_BOUND
}
