// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.identity.IdToken;
import io.taskbound.token.Jti;

/** A well-formed revocation (RFC 7009 section 2.1, and our own forms by handle). */
public sealed interface CloseRequest {

    /** Possession of the token is enough. */
    record ByToken(PresentedText token) implements CloseRequest {}

    /** One token of the caller's own run. */
    record ByHandle(IdToken proof, Jti handle) implements CloseRequest {}

    /** Every token of the calling job; of the run where the provider names no job. */
    record OfJob(IdToken proof) implements CloseRequest {}

    /** Every token of the calling run. */
    record OfRun(IdToken proof) implements CloseRequest {}
}
