// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import io.taskbound.digest.Sha256;
import io.taskbound.http.HttpResponse;
import io.taskbound.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happened so far in one vector: its ID tokens, the tokens it was given, and the names {@code {{…}}} that stand
 * for them.
 */
final class Play {
    private final long run;
    private final List<String> idTokens = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<String> handles = new ArrayList<>();
    private final List<String> proofs = new ArrayList<>();
    private final List<String> nonces = new ArrayList<>();
    private final String thumbprint;
    private String unrecorded = "";

    /**
     * @param run what tells this vector's run from all others
     * @param thumbprint of the step's own key
     */
    Play(long run, String thumbprint) {
        this.run = run;
        this.thumbprint = thumbprint;
    }

    long run() {
        return run;
    }

    boolean hasNoIdToken() {
        return idTokens.isEmpty();
    }

    void idToken(String token) {
        idTokens.add(token);
    }

    void proof(String proof) {
        proofs.add(proof);
    }

    /** A token that our key signed and no ledger holds. */
    void unrecorded(String token) {
        unrecorded = token;
    }

    void answered(HttpResponse response) {
        Optional.ofNullable(response.headers().get("DPoP-Nonce")).ifPresent(nonces::add);
        if (response.status() == 200 && Json.parse(response.body()) instanceof JsonObject body) {
            body.string("access_token").ifPresent(tokens::add);
            body.string("dpop_nonce").ifPresent(nonces::add);
            body.string("jti").filter(jti -> body.has("access_token")).ifPresent(handles::add);
        }
    }

    String filled(String text) {
        if (!text.contains("{{")) {
            return text;
        }
        var filled = text.replace("{{run}}", Long.toString(run)).replace("{{unrecorded}}", unrecorded);
        filled = numbered(filled, "id_token", idTokens);
        filled = numbered(filled, "token", tokens);
        filled = numbered(filled, "jti", handles);
        filled = numbered(filled, "proof", proofs);
        filled = numbered(filled, "nonce", nonces).replace("{{jkt}}", thumbprint);
        if (filled.contains("{{ath}}")) {
            filled = filled.replace("{{ath}}", Sha256.base64Url(last(tokens), 32));
        }
        return tokens.isEmpty() ? filled : filled.replace("{{tampered}}", Tampering.of(last(tokens)));
    }

    private static String numbered(String text, String name, List<String> values) {
        var filled = values.isEmpty() ? text : text.replace("{{" + name + "}}", last(values));
        for (int i = 0; i < values.size(); i++) {
            filled = filled.replace("{{" + name + ":" + (i + 1) + "}}", values.get(i));
        }
        return filled;
    }

    private static String last(List<String> values) {
        return values.get(values.size() - 1);
    }
}
