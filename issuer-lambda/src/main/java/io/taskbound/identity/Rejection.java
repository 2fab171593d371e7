// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

/** Why an ID token was not accepted. For the audit log; the caller only learns that it was not accepted. */
public enum Rejection {
    /** The token is over 16 KB or its header over 4 KB. */
    TOO_LARGE,
    /** Not three parts of strict base64url with strict JSON in the first two (RFC 7515 section 3.1). */
    MALFORMED,
    /** A header member that is not on the list, among them every source of keys (RFC 7515 section 4.1). */
    HEADER_NOT_ALLOWED,
    /** The algorithm is unknown, not on the provider's list, or not the one of the key (RFC 8725 section 3.1). */
    ALGORITHM_NOT_ALLOWED,
    UNKNOWN_ISSUER,
    /** The issuer publishes no usable key of that id. */
    UNKNOWN_KEY,
    /**
     * The issuer does publish a key of that id, but it did not make this signature: forged, or the key was replaced.
     */
    KEY_CHANGED,
    /** No key of that kind could have made this signature. */
    BAD_SIGNATURE,
    /** {@code typ} says that this is not an ID token (RFC 8725 section 3.11). */
    WRONG_TYPE,
    WRONG_AUDIENCE,
    EXPIRED,
    NOT_YET_VALID,
    /** Older than the provider's {@code max_age}. */
    TOO_OLD,
    /** Valid for more than 24 hours in all. */
    LIFE_TOO_LONG,
    /** A claim that every ID token must have is missing or of the wrong type. */
    BAD_CLAIMS,
    /** A claim has a value that the profile never accepts. */
    REFUSED_BY_PROFILE
}
