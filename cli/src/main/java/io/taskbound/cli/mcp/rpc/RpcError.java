// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.rpc;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.Optional;

/**
 * An error of JSON-RPC 2.0 section 5.1, or one that the Model Context Protocol adds.
 *
 * @param message for the caller; repeats nothing of a request
 */
public record RpcError(int code, String message, Optional<JsonValue> data) {
    public static final int NOT_JSON = -32700;
    public static final int NOT_A_REQUEST = -32600;
    public static final int UNKNOWN_METHOD = -32601;
    public static final int BAD_PARAMETERS = -32602;
    public static final int INTERNAL = -32603;
    /** The header fields of a request say something else than its body (protocol version 2026-07-28). */
    public static final int HEADER_MISMATCH = -32020;
    /** Protocol version 2026-07-28. */
    public static final int UNSUPPORTED_VERSION = -32022;

    public static RpcError of(int code, String message) {
        return new RpcError(code, message, Optional.empty());
    }

    JsonObject asJson() {
        var error = JsonObject.builder().put("code", code).put("message", message);
        data.ifPresent(value -> error.put("data", value));
        return error.build();
    }
}
