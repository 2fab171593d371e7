// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.RedeemRequest;
import io.taskbound.issuer.RedeemRequest.Repeat;
import io.taskbound.task.AuthorizationDetails;
import io.taskbound.task.Identifier;

/** Reads POST /redeem. */
final class RedeemForm {
    private static final int MAX_USE_ID_LENGTH = 256;
    private static final String ALLOWED = "allowed";

    private RedeemForm() {}

    static RedeemRequest read(Form form) throws RefusedRequest {
        var token = TaskTokenField.whole(form);
        var action = form.required("action");
        if (!AuthorizationDetails.isAction(action)) {
            throw RefusedRequest.malformed("action must be one name");
        }
        var identifier = identifier(form.required("identifier"));
        var useId = form.value("use_id");
        if (useId.isPresent() && useId.get().length() > MAX_USE_ID_LENGTH) {
            throw RefusedRequest.malformed("use_id is longer than " + MAX_USE_ID_LENGTH + " characters");
        }
        return new RedeemRequest(token, action, identifier, useId, repeat(form), ProofForm.read(form));
    }

    private static Identifier identifier(String text) throws RefusedRequest {
        var fault = Identifier.fault(text);
        if (fault.isPresent()) {
            throw RefusedRequest.malformed(
                    "identifier " + fault.get() + "; it must be one concrete target: " + Identifier.RULE);
        }
        return new Identifier(text);
    }

    private static Repeat repeat(Form form) throws RefusedRequest {
        var repeat = form.value("repeat");
        if (repeat.isPresent() && !repeat.get().equals(ALLOWED)) {
            throw RefusedRequest.malformed("repeat, where given, must be " + ALLOWED);
        }
        return repeat.isPresent() ? Repeat.ALLOWED : Repeat.INACTIVE;
    }
}
