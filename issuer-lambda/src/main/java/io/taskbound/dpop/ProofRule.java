// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

/** A rule that a proof can break (RFC 9449 section 4.3). */
public enum ProofRule {
    /** There has to be one. */
    PRESENT,
    /** One JWT in good form, signed by the key that it names. */
    FORM,
    /** Of the key that the token is bound to. */
    KEY,
    /** For this request: its method and its URL. */
    REQUEST,
    /** For this token: its hash. */
    TOKEN,
    /** Made just now. */
    TIME,
    /** With a nonce that the issuer has given lately. */
    NONCE,
    /** Used once. */
    SINGLE_USE
}
