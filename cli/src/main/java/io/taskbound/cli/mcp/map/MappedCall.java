// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import io.taskbound.json.JsonObject;
import io.taskbound.task.Identifier;

/** What the map makes of a call's arguments. */
public sealed interface MappedCall {
    /**
     * One use of a token.
     *
     * @param arguments what is handed to the tool: exactly what was looked at
     */
    record Target(String action, Identifier identifier, JsonObject arguments) implements MappedCall {}

    /**
     * Not to be asked of anybody.
     *
     * @param why one sentence for the caller, which repeats no value of the call
     */
    record Outside(String why) implements MappedCall {}
}
