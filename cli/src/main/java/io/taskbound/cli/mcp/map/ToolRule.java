// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import io.taskbound.client.TaskDetail;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a call of one tool means: an action on the target that its arguments name. */
public final class ToolRule {
    private final String action;
    private final TargetTemplate identifier;
    private final Map<String, Argument> arguments;
    private final Optional<String> definition;

    ToolRule(String action, TargetTemplate identifier, Map<String, Argument> arguments, Optional<String> definition) {
        this.action = action;
        this.identifier = identifier;
        this.arguments = Map.copyOf(arguments);
        this.definition = definition;
    }

    /** As in the policy. */
    public String action() {
        return action;
    }

    /** The hash that the tool's definition must have, where the map says one. */
    public Optional<String> definition() {
        return definition;
    }

    /** Whether the tool may be called with such an argument. */
    public boolean knows(String argument) {
        return arguments.containsKey(argument);
    }

    /** The arguments that no call may leave out. */
    public List<String> required() {
        return arguments.values().stream()
                .filter(argument -> !argument.optional())
                .map(Argument::name)
                .sorted()
                .toList();
    }

    /** Whether there is a call of the tool that a token with this detail permits. */
    public boolean isPermitted(TaskDetail detail) {
        return detail.actions().contains(action) && identifier.makes(detail.identifier(), arguments);
    }

    /** Every argument must be in the map, and of its class. */
    public MappedCall map(JsonObject given) {
        for (var member : given.members().entrySet()) {
            var fault = fault(member.getKey(), member.getValue());
            if (fault.isPresent()) {
                return new MappedCall.Outside(fault.get());
            }
        }
        for (var name : required()) {
            if (!given.has(name)) {
                return new MappedCall.Outside("The argument " + name + " is missing.");
            }
        }
        var parts = new HashMap<String, String>();
        identifier
                .arguments()
                .forEach(name -> given.get(name).ifPresent(value -> parts.put(name, Argument.part(value))));
        return identifier
                .fill(parts)
                .<MappedCall>map(target -> new MappedCall.Target(action, target, given))
                .orElseGet(() -> new MappedCall.Outside("These arguments name no target that a token can be for."));
    }

    private Optional<String> fault(String name, JsonValue value) {
        var argument = arguments.get(name);
        if (argument == null) {
            return Optional.of("The tool is called with an argument that this gateway does not pass on.");
        }
        return argument.accepts(value)
                ? Optional.empty()
                : Optional.of("The argument " + name + " must be " + argument.inWords() + ".");
    }
}
