// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.identity.IdToken;
import io.taskbound.issuer.ReceiptRequest;
import io.taskbound.token.Jti;

/** Reads POST /receipt: a token with its holder's verifier, or an ID token with a handle. */
final class ReceiptForm {
    private ReceiptForm() {}

    static ReceiptRequest read(Form form) throws RefusedRequest {
        var token = form.credential("token");
        var proof = form.credential("subject_token");
        if (token.isPresent() == proof.isPresent()) {
            throw RefusedRequest.malformed("give either token and holder_verifier, or subject_token and handle");
        }
        return token.isPresent()
                ? new ReceiptRequest.ByToken(TaskTokenField.whole(form), RenewForm.verifier(form))
                : new ReceiptRequest.ByHandle(IdToken.of(proof.orElseThrow()), handle(form));
    }

    private static Jti handle(Form form) throws RefusedRequest {
        return Jti.parse(form.requiredCredential("handle"))
                .orElseThrow(() -> RefusedRequest.malformed("handle must be a jti"));
    }
}
