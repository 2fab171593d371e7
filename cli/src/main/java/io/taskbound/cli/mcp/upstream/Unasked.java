// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import io.taskbound.cli.mcp.rpc.Protocol;
import io.taskbound.cli.mcp.rpc.RpcError;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.json.JsonObject;
import java.util.Optional;

/** What a server says or asks by itself. It is told nothing, and nobody behind the gateway is asked anything for it. */
final class Unasked {
    private final Runnable toolsChanged;

    /** @param toolsChanged is called when the server says that its tools are others */
    Unasked(Runnable toolsChanged) {
        this.toolsChanged = toolsChanged;
    }

    void heard(RpcMessage.Notice notice) {
        if (notice.method().equals(Protocol.TOOLS_CHANGED)) {
            toolsChanged.run();
        }
    }

    JsonObject answer(RpcMessage.Call call) {
        return call.method().equals(Protocol.PING)
                ? new RpcMessage.Result(call.id(), JsonObject.EMPTY).asJson()
                : new RpcMessage.Failure(
                                Optional.of(call.id()),
                                RpcError.of(RpcError.UNKNOWN_METHOD, "This client answers no questions."))
                        .asJson();
    }
}
