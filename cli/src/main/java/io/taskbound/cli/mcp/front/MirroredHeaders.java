// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.front;

import io.taskbound.cli.mcp.rpc.HeaderText;
import io.taskbound.cli.mcp.rpc.Protocol;
import io.taskbound.cli.mcp.rpc.RpcError;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Header fields that say again what the body says. Whoever looks at the one must not see another request than whoever
 * acts on the other.
 */
final class MirroredHeaders {
    private static final String VERSION = "mcp-protocol-version";
    private static final String METHOD = "mcp-method";
    private static final String NAME = "mcp-name";

    private MirroredHeaders() {}

    /**
     * @param headers all values of a field, by its name in small letters
     * @param names the names of all fields, in small letters
     */
    static Optional<RpcError> fault(
            Function<String, List<String>> headers, Iterable<String> names, RpcMessage.Call call, boolean modern) {
        return modern ? modern(headers, names, call) : legacy(headers);
    }

    private static Optional<RpcError> modern(
            Function<String, List<String>> headers, Iterable<String> names, RpcMessage.Call call) {
        if (!headers.apply(VERSION).equals(List.of(Protocol.MODERN))) {
            return mismatch("MCP-Protocol-Version");
        }
        if (!headers.apply(METHOD).equals(List.of(call.method()))) {
            return mismatch("Mcp-Method");
        }
        if (call.method().equals(Protocol.CALL_TOOL)) {
            var name = headers.apply(NAME);
            if (name.size() != 1
                    || !HeaderText.decode(name.get(0)).equals(call.params().string("name"))) {
                return mismatch("Mcp-Name");
            }
        }
        for (var field : names) {
            // The tools that a gateway shows ask for none.
            if (field.startsWith("mcp-param-")) {
                return mismatch("Mcp-Param");
            }
        }
        return Optional.empty();
    }

    /** Absent before the version is agreed on, and from clients of the version 2025-03-26. */
    private static Optional<RpcError> legacy(Function<String, List<String>> headers) {
        var version = headers.apply(VERSION);
        return version.isEmpty() || (version.size() == 1 && Protocol.LEGACY.contains(version.get(0)))
                ? Optional.empty()
                : Optional.of(RpcError.of(
                        RpcError.NOT_A_REQUEST,
                        "The header MCP-Protocol-Version is not of a version that this request can be of."));
    }

    private static Optional<RpcError> mismatch(String field) {
        return Optional.of(RpcError.of(
                RpcError.HEADER_MISMATCH, "Header mismatch: " + field + " is missing, or says other than the body."));
    }
}
