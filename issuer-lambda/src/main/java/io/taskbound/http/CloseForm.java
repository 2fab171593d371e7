// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.identity.IdToken;
import io.taskbound.issuer.CloseRequest;
import io.taskbound.token.Jti;

/** Reads POST /revoke (RFC 7009 section 2.1): a token, or an ID token with a handle. Hints are ignored. */
final class CloseForm {
    private static final String ALL_OF_JOB = "*";
    private static final String ALL_OF_RUN = "run:*";

    private CloseForm() {}

    static CloseRequest read(Form form) throws RefusedRequest {
        var token = form.credential("token");
        var proof = form.credential("subject_token");
        if (token.isPresent() == proof.isPresent()) {
            throw RefusedRequest.malformed("give either token, or subject_token and handle");
        }
        return token.isPresent()
                ? new CloseRequest.ByToken(TaskTokenField.whole(form))
                : byProof(IdToken.of(proof.orElseThrow()), form.requiredCredential("handle"));
    }

    private static CloseRequest byProof(IdToken proof, String handle) throws RefusedRequest {
        if (handle.equals(ALL_OF_JOB)) {
            return new CloseRequest.OfJob(proof);
        }
        if (handle.equals(ALL_OF_RUN)) {
            return new CloseRequest.OfRun(proof);
        }
        return Jti.parse(handle)
                .map(jti -> new CloseRequest.ByHandle(proof, jti))
                .orElseThrow(() -> RefusedRequest.malformed("handle must be a jti, * or run:*"));
    }
}
