// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.task.TaskRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;

/** Tells whether a request that comes again is the same request: base64url of 16 octets of SHA-256 over all it asks. */
final class RequestHash {
    private static final int OCTETS = 16;

    private RequestHash() {}

    static String of(TaskRequest request) {
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
        return hash(JsonText.canonical(asked.build()));
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, OCTETS));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
