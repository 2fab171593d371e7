// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import io.taskbound.cli.mcp.rpc.Protocol;
import io.taskbound.digest.Sha256;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Optional;

/** A tool as its server describes it. */
public record ToolDefinition(String name, JsonObject document) {
    /** Empty for what does not describe a tool. */
    static Optional<ToolDefinition> read(JsonObject document) {
        return document.string("name")
                .filter(name ->
                        !name.isEmpty() && document.object("inputSchema").isPresent())
                .map(name -> new ToolDefinition(name, document));
    }

    /**
     * SHA-256 of all that a caller is told of it, in hex: a text that changes its meaning for a model is as much
     * another tool as a schema that does.
     */
    public String sha256() {
        var told = new LinkedHashMap<>(document.members());
        told.remove(Protocol.META);
        return Sha256.hex(JsonText.canonical(new JsonObject(told)));
    }

    public JsonObject inputSchema() {
        return document.object("inputSchema").orElse(JsonObject.EMPTY);
    }
}
