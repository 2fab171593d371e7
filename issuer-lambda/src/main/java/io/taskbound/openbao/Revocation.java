// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.net.URI;
import java.util.Optional;

/**
 * All that revoking one token needs, whatever the policy says by then.
 *
 * @param accessor names the token, and opens nothing by itself
 */
record Revocation(Mount mount, String accessor) {
    /** As the record keeps it, sealed. */
    String text() {
        return JsonText.of(JsonObject.builder()
                .put("address", mount.address().toString())
                .put("mount", mount.path())
                .putIfPresent("namespace", mount.namespace())
                .put("revoke_role", mount.revokeRole())
                .put("audience", mount.audience())
                .put("accessor", accessor)
                .build());
    }

    /** Empty for anything else than {@link #text} has written. */
    static Optional<Revocation> read(String text) {
        try {
            var kept = StrictJson.parseObject(text.getBytes(UTF_8));
            return Optional.of(new Revocation(
                    new Mount(
                            URI.create(needed(kept, "address")),
                            needed(kept, "mount"),
                            kept.string("namespace"),
                            needed(kept, "revoke_role"),
                            needed(kept, "audience")),
                    needed(kept, "accessor")));
        } catch (MalformedJson | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static String needed(JsonObject kept, String member) {
        return kept.string(member).orElseThrow(IllegalArgumentException::new);
    }

    @Override
    public String toString() {
        return "Revocation[" + mount + "]";
    }
}
