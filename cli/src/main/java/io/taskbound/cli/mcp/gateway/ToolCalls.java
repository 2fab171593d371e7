// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.gateway;

import io.taskbound.cli.mcp.map.GatewayMap;
import io.taskbound.cli.mcp.map.MappedCall;
import io.taskbound.cli.mcp.map.ToolRule;
import io.taskbound.cli.mcp.rpc.Protocol;
import io.taskbound.cli.mcp.rpc.RpcError;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.cli.mcp.upstream.ServerBehind;
import io.taskbound.cli.mcp.upstream.ToolDefinition;
import io.taskbound.cli.mcp.upstream.ToolWatch;
import io.taskbound.cli.mcp.upstream.UpstreamFault;
import io.taskbound.client.Use;
import io.taskbound.client.resource.Enforcer;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Verdict;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Calls of tools. The server behind the gateway sees one only after the map has a target for it and the issuer has
 * counted the use; every other is refused here.
 */
final class ToolCalls {
    private static final Set<String> MEMBERS = Set.of("name", "arguments", Protocol.META);
    private static final String COMPLETE = "complete";
    private static final String RESULT_TYPE = "resultType";

    /** Of one target; others of the token may be left. */
    private static final Set<String> OF_THIS_TARGET = Set.of("not_permitted", "spent");

    /** Of the token as a whole. */
    private static final Set<String> OF_THE_TOKEN = Set.of("expired", "closed", "lapsed", "window", "invalid_token");

    private final GatewayMap map;
    private final ServerBehind server;
    private final ToolWatch tools;
    private final Enforcer enforcer;
    private final Admission admission;
    private final Consumer<String> operator;

    ToolCalls(
            GatewayMap map,
            ServerBehind server,
            ToolWatch tools,
            Enforcer enforcer,
            Admission admission,
            Consumer<String> operator) {
        this.map = map;
        this.server = server;
        this.tools = tools;
        this.enforcer = enforcer;
        this.admission = admission;
        this.operator = operator;
    }

    Outcome call(Presented.Token presented, JsonObject parameters, boolean modern, Decision decision) {
        var name = parameters.string("name");
        var arguments = parameters.get("arguments").orElse(JsonObject.EMPTY);
        if (name.isEmpty()
                || !(arguments instanceof JsonObject given)
                || !MEMBERS.containsAll(parameters.members().keySet())) {
            decision.refused("malformed");
            return new Outcome.Failed(RpcError.of(
                    RpcError.BAD_PARAMETERS, "A call has the name of a tool and its arguments, and nothing else."));
        }
        try {
            var tool = Optional.ofNullable(tools.tools().get(name.get()));
            var rule = Optional.ofNullable(map.tools().get(name.get()));
            if (tool.isEmpty() || rule.isEmpty()) {
                decision.refused(rule.isPresent() ? "changed_tool" : "unknown_tool");
                return new Outcome.Failed(
                        RpcError.of(RpcError.BAD_PARAMETERS, "There is no such tool for this token."));
            }
            decision.tool(name.get());
            return mapped(presented, tool.get(), rule.get(), given, modern, decision);
        } catch (UpstreamFault fault) {
            return failed(fault, decision);
        }
    }

    private Outcome mapped(
            Presented.Token presented,
            ToolDefinition tool,
            ToolRule rule,
            JsonObject given,
            boolean modern,
            Decision decision)
            throws UpstreamFault {
        var mapped = rule.map(given);
        if (mapped instanceof MappedCall.Outside outside) {
            decision.refused("outside_map");
            return new Outcome.Done(told(outside.why(), modern));
        }
        var target = (MappedCall.Target) mapped;
        decision.target(target.action(), target.identifier().value());
        var use = Use.once(target.action(), target.identifier().value());
        if (enforcer.enforce(presented, use, "POST", map.url()) instanceof Verdict.Refused refused) {
            decision.refused(refused.reason());
            return refused(presented, refused, modern);
        }
        decision.allowed();
        return forwarded(tool, target.arguments(), modern);
    }

    private Outcome refused(Presented.Token presented, Verdict.Refused refused, boolean modern) {
        refused.operator().ifPresent(operator);
        if (OF_THIS_TARGET.contains(refused.reason())) {
            var why = refused.reason().equals("spent")
                    ? "This was done as often as the task's token permits it."
                    : "The task's token does not permit this call: not this target, or not this action.";
            return new Outcome.Done(told(why, modern));
        }
        if (OF_THE_TOKEN.contains(refused.reason())) {
            admission.ended(presented.token(), refused);
        }
        return new Outcome.Denied(refused);
    }

    /** An error that the caller's model can read. */
    private static JsonObject told(String why, boolean modern) {
        var text = JsonObject.builder().put("type", "text").put("text", "Refused. " + why);
        var result = JsonObject.builder();
        if (modern) {
            result.put(RESULT_TYPE, COMPLETE);
        }
        return result.put("content", new JsonArray(List.of(text.build())))
                .put("isError", true)
                .build();
    }

    private Outcome forwarded(ToolDefinition tool, JsonObject arguments, boolean modern) throws UpstreamFault {
        var answer = server.call(tool, arguments);
        if (answer instanceof RpcMessage.Failure failure) {
            return new Outcome.Failed(failure.error());
        }
        var result = ((RpcMessage.Result) answer).result();
        if (!result.string(RESULT_TYPE).orElse(COMPLETE).equals(COMPLETE)) {
            return new Outcome.Failed(RpcError.of(
                    RpcError.INTERNAL, "The tool asks its caller something, which this gateway does not pass on."));
        }
        var shown = new LinkedHashMap<String, JsonValue>();
        if (modern) {
            shown.put(RESULT_TYPE, new JsonString(COMPLETE));
        }
        result.members().forEach((member, value) -> {
            if (!member.equals(RESULT_TYPE)) {
                shown.put(member, value);
            }
        });
        return new Outcome.Done(new JsonObject(shown));
    }

    private Outcome failed(UpstreamFault fault, Decision decision) {
        operator.accept(fault.what());
        decision.failed();
        return new Outcome.Failed(
                RpcError.of(RpcError.INTERNAL, "The server behind this gateway does not answer at present."));
    }
}
