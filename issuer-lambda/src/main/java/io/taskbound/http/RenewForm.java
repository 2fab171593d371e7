// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.RenewRequest;
import io.taskbound.token.HolderVerifier;

/** Reads POST /renew. */
final class RenewForm {
    private RenewForm() {}

    static RenewRequest read(Form form) throws RefusedRequest {
        var token = TaskTokenField.whole(form);
        return new RenewRequest(token, verifier(form));
    }

    static HolderVerifier verifier(Form form) throws RefusedRequest {
        return HolderVerifier.of(form.requiredCredential("holder_verifier"))
                .orElseThrow(() -> RefusedRequest.malformed(
                        "holder_verifier must be 43 to 128 letters, digits and -._~ (RFC 7636 section 4.1)"));
    }
}
