// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.gateway;

import io.taskbound.cli.mcp.rpc.RpcError;
import io.taskbound.client.resource.Verdict;
import io.taskbound.json.JsonObject;

/** What a request leads to. */
public sealed interface Outcome {
    /** Its result. */
    record Done(JsonObject result) implements Outcome {}

    /** An error of the protocol; the session lives on. */
    record Failed(RpcError error) implements Outcome {}

    /** The token is not one that may ask anything, or no longer: the session is over, or not begun. */
    record Denied(Verdict.Refused verdict) implements Outcome {}
}
