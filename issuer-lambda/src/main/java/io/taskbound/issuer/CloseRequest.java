// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.identity.IdToken;
import io.taskbound.token.Jti;
import java.util.function.Function;

/** A well-formed revocation (RFC 7009 section 2.1, and our own forms by handle). */
public sealed interface CloseRequest {
    /** One function for each form. */
    <T> T match(
            Function<ByToken, T> byToken,
            Function<ByHandle, T> byHandle,
            Function<OfJob, T> ofJob,
            Function<OfRun, T> ofRun);

    /** Possession of the token is enough. */
    record ByToken(PresentedText token) implements CloseRequest {
        @Override
        public <T> T match(
                Function<ByToken, T> byToken,
                Function<ByHandle, T> byHandle,
                Function<OfJob, T> ofJob,
                Function<OfRun, T> ofRun) {
            return byToken.apply(this);
        }
    }

    /** One token of the caller's own run. */
    record ByHandle(IdToken proof, Jti handle) implements CloseRequest {
        @Override
        public <T> T match(
                Function<ByToken, T> byToken,
                Function<ByHandle, T> byHandle,
                Function<OfJob, T> ofJob,
                Function<OfRun, T> ofRun) {
            return byHandle.apply(this);
        }
    }

    /** Every token of the calling job; of the run where the provider names no job. */
    record OfJob(IdToken proof) implements CloseRequest {
        @Override
        public <T> T match(
                Function<ByToken, T> byToken,
                Function<ByHandle, T> byHandle,
                Function<OfJob, T> ofJob,
                Function<OfRun, T> ofRun) {
            return ofJob.apply(this);
        }
    }

    /** Every token of the calling run. */
    record OfRun(IdToken proof) implements CloseRequest {
        @Override
        public <T> T match(
                Function<ByToken, T> byToken,
                Function<ByHandle, T> byHandle,
                Function<OfJob, T> ofJob,
                Function<OfRun, T> ofRun) {
            return ofRun.apply(this);
        }
    }
}
