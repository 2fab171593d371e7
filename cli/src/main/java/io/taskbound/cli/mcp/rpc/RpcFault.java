// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.rpc;

import io.taskbound.json.JsonValue;
import java.util.Optional;

/** What came is not a message of the protocol. */
public final class RpcFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RpcError error;
    private final transient Optional<JsonValue> id;

    RpcFault(RpcError error, Optional<JsonValue> id) {
        super(error.message());
        this.error = error;
        this.id = id;
    }

    static RpcFault of(int code, String message) {
        return new RpcFault(RpcError.of(code, message), Optional.empty());
    }

    public RpcError error() {
        return error;
    }

    /** Of the request, where that much could be read. */
    public Optional<JsonValue> id() {
        return id;
    }
}
