// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.digest.Sha256;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.task.TaskRequest;
import io.taskbound.token.KeyThumbprint;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Tells whether a repeated request is the same request: base64url of 16 bytes of SHA-256 over everything it asks for.
 */
final class RequestHash {
    private static final int BYTES = 16;

    private RequestHash() {}

    /** @param key that the client offers: an answer that repeats is for the same key only */
    static String of(TaskRequest request, Optional<KeyThumbprint> key) {
        var objects = new ArrayList<JsonValue>();
        for (var permission : request.permissions()) {
            objects.add(JsonObject.builder()
                    .put("actions", JsonArray.ofStrings(permission.actions()))
                    .putIfPresent("location", permission.location())
                    .put("identifier", permission.identifier().value())
                    .build());
        }
        var asked = JsonObject.builder()
                .put("task", request.task().value())
                .put("permissions", new JsonArray(objects))
                .putIfPresent("audience", request.audience());
        request.lifetime().ifPresent(lifetime -> asked.put("lifetime", lifetime.toSeconds()));
        request.lease().ifPresent(lease -> asked.put("lease", lease.toSeconds()));
        asked.putIfPresent("key", key.map(KeyThumbprint::value));
        return Sha256.base64Url(JsonText.canonical(asked.build()), BYTES);
    }
}
