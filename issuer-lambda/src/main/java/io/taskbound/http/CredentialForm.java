// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.CredentialRequest;

/** Reads POST /credential: a token, its holder's verifier, and whether the credential is never fetched again. */
final class CredentialForm {
    private CredentialForm() {}

    static CredentialRequest read(Form form) throws RefusedRequest {
        var token = TaskTokenField.whole(form);
        return new CredentialRequest(token, RenewForm.verifier(form), form.flag("static"));
    }
}
