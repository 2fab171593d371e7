// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.PresentedText;
import io.taskbound.issuer.RedeemRequest;
import io.taskbound.task.AuthorizationDetails;
import io.taskbound.task.Identifier;

/** Reads POST /redeem. */
final class RedeemForm {
    private static final int MAX_USE_ID_LENGTH = 256;

    private RedeemForm() {}

    static RedeemRequest read(Form form) throws RefusedRequest {
        var token = new PresentedText(form.required("token"));
        var action = form.required("action");
        if (!AuthorizationDetails.isAction(action)) {
            throw RefusedRequest.malformed("action must be one name");
        }
        var identifier = Identifier.of(form.required("identifier"))
                .orElseThrow(() -> RefusedRequest.malformed("identifier must be one concrete target"));
        var useId = form.value("use_id");
        if (useId.isPresent() && useId.get().length() > MAX_USE_ID_LENGTH) {
            throw RefusedRequest.malformed("use_id is longer than " + MAX_USE_ID_LENGTH + " characters");
        }
        return new RedeemRequest(token, action, identifier, useId);
    }
}
