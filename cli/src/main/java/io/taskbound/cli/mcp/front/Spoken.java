// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.front;

import io.taskbound.cli.mcp.rpc.Protocol;
import io.taskbound.cli.mcp.rpc.RpcError;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which era of the protocol a request is of, by itself.
 *
 * @param modern whether it says its version
 * @param fault of a request that says it wrongly
 */
record Spoken(boolean modern, Optional<RpcError> fault) {
    static Spoken in(JsonObject params) {
        var meta = params.get(Protocol.META);
        if (!(meta.orElse(JsonObject.EMPTY) instanceof JsonObject object)) {
            return new Spoken(false, Optional.of(bad("_meta is an object")));
        }
        if (!object.has(Protocol.VERSION_KEY)) {
            return new Spoken(false, Optional.empty());
        }
        var version = object.string(Protocol.VERSION_KEY);
        if (version.isEmpty() || object.object(Protocol.CAPABILITIES_KEY).isEmpty()) {
            return new Spoken(true, Optional.of(bad("_meta has the protocol version and the client's capabilities")));
        }
        return new Spoken(
                true,
                version.get().equals(Protocol.MODERN) ? Optional.empty() : Optional.of(unsupported(version.get())));
    }

    private static RpcError bad(String what) {
        return RpcError.of(RpcError.BAD_PARAMETERS, "The params are not as the protocol wants them: " + what + ".");
    }

    private static RpcError unsupported(String requested) {
        var supported = new ArrayList<>(List.of(Protocol.MODERN));
        supported.addAll(Protocol.LEGACY);
        JsonValue data = JsonObject.builder()
                .put("supported", JsonArray.ofStrings(supported))
                .put("requested", new JsonString(requested.substring(0, Math.min(32, requested.length()))))
                .build();
        return new RpcError(RpcError.UNSUPPORTED_VERSION, "Unsupported protocol version", Optional.of(data));
    }
}
