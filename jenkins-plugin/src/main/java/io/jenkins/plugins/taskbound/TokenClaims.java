// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import io.taskbound.client.TaskToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.sf.json.JSONException;
import net.sf.json.JSONObject;

/** What a token says about itself, read only for display and never trusted. */
final class TokenClaims {
    private static final int MAX_HASH_LETTERS = 12;

    private TokenClaims() {}

    /** Version and beginning of the hash of the policy that allowed it; empty where it does not say. */
    static String policy(TaskToken token) {
        try {
            JSONObject policy = payload(token).optJSONObject("policy");
            return policy == null ? "" : "v" + policy.optString("version") + " " + start(policy.optString("hash"));
        } catch (JSONException | IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            return "";
        }
    }

    private static JSONObject payload(TaskToken token) {
        String payload = token.reveal().split("\\.", -1)[1];
        return JSONObject.fromObject(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    private static String start(String hash) {
        return hash.substring(0, Math.min(hash.length(), MAX_HASH_LETTERS));
    }
}
