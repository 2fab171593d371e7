// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A refusal is quicker than a grant; it must never be measured for one. */
final class Answered {
    private static final String NOT_PERMITTED = "{\"error\":\"invalid_authorization_details\"";
    private static final String INACTIVE = "{\"active\":false";

    private Answered() {}

    /** The answer, when it says yes. */
    static HttpResponse yes(HttpResponse response) {
        // Compared as bytes, so that nothing is parsed inside a measurement.
        if (response.status() != 200 || startsWith(response.body(), INACTIVE)) {
            throw new IllegalStateException(new String(response.body(), StandardCharsets.UTF_8));
        }
        return response;
    }

    /** The answer, when the policy refuses. */
    static HttpResponse no(HttpResponse response) {
        if (response.status() != 400 || !startsWith(response.body(), NOT_PERMITTED)) {
            throw new IllegalStateException(new String(response.body(), StandardCharsets.UTF_8));
        }
        return response;
    }

    /** The task token of a grant. */
    static String token(HttpResponse response) {
        return Json.object(yes(response).body()).string("access_token").orElseThrow();
    }

    private static boolean startsWith(byte[] body, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (i == body.length || body[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
