// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.rpc;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.Optional;

/** One message. */
public sealed interface RpcMessage {
    /**
     * A request.
     *
     * @param id a string or a whole number
     * @param params empty where there are none
     */
    record Call(JsonValue id, String method, JsonObject params) implements RpcMessage {
        public JsonObject asJson() {
            return head(Optional.of(id))
                    .put("method", method)
                    .put("params", params)
                    .build();
        }
    }

    /** A notification, which nobody answers. */
    record Notice(String method, JsonObject params) implements RpcMessage {
        public JsonObject asJson() {
            var notice = head(Optional.empty()).put("method", method);
            return params.members().isEmpty()
                    ? notice.build()
                    : notice.put("params", params).build();
        }
    }

    /** What a request led to. */
    record Result(JsonValue id, JsonObject result) implements RpcMessage {
        public JsonObject asJson() {
            return head(Optional.of(id)).put("result", result).build();
        }
    }

    /**
     * Why a request led to nothing.
     *
     * @param id empty where the request could not be read
     */
    record Failure(Optional<JsonValue> id, RpcError error) implements RpcMessage {
        public JsonObject asJson() {
            return head(id).put("error", error.asJson()).build();
        }
    }

    private static JsonObject.Builder head(Optional<JsonValue> id) {
        var head = JsonObject.builder().put("jsonrpc", "2.0");
        id.ifPresent(value -> head.put("id", value));
        return head;
    }
}
