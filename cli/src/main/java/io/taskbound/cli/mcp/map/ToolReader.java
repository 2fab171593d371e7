// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what one tool means. */
final class ToolReader {
    static final String[] FIELDS = {"action", "identifier", "arguments", "unchecked", "definition_sha256"};

    private static final String IDENTIFIER = "identifier";
    private static final String UNCHECKED = "unchecked";
    private static final String DEFINITION = "definition_sha256";

    private final DocumentFields fields;

    ToolReader(DocumentFields fields) {
        this.fields = fields;
    }

    Optional<ToolRule> read() {
        var action = needed("action", "read", MapForm.ACTION, "1 to 64 letters, digits and ._:-");
        var identifier = needed(
                IDENTIFIER,
                "\"ticket:{id}\"",
                MapForm.IDENTIFIER,
                "letters, digits and ._~@+=,/:- and arguments in braces");
        var definition = text(DEFINITION, "64 hex digits", MapForm.SHA256, "64 hex digits in small letters");
        var arguments = new ArgumentsReader(fields).read();
        if (action.isEmpty() || identifier.isEmpty()) {
            return Optional.empty();
        }
        var template = TargetTemplate.of(identifier.get());
        checkArguments(template, arguments);
        return Optional.of(new ToolRule(action.get(), template, arguments, definition));
    }

    private Optional<String> needed(String field, String example, Pattern form, String inWords) {
        fields.requires(field, example);
        return text(field, example, form, inWords);
    }

    /** Of that form, and at most 512 characters. */
    private Optional<String> text(String field, String example, Pattern form, String inWords) {
        var text = fields.text(field);
        if (text.filter(value -> value.length() > MapForm.MAX_TEXT
                        || !form.matcher(value).matches())
                .isPresent()) {
            fields.fault(
                    FaultCode.BAD_VALUE,
                    field,
                    field + " must be " + inWords,
                    "write it like " + field + ": " + example);
            return Optional.empty();
        }
        return text;
    }

    /** Which target a call means must be told by the identifier, and by it alone. */
    private void checkArguments(TargetTemplate template, Map<String, Argument> arguments) {
        var used = template.arguments();
        var names = List.copyOf(arguments.keySet());
        used.forEach(name -> known(IDENTIFIER, name, names));
        if (names.containsAll(used) && canAllBeParts(used, arguments)) {
            template.runTogether(arguments)
                    .ifPresent(two -> fields.fault(
                            FaultCode.BAD_PATTERN,
                            IDENTIFIER,
                            "where {" + two.get(0) + "} ends and {" + two.get(1)
                                    + "} begins cannot be told, so that a token for one target would be good for another",
                            "write a character between them that {" + two.get(0)
                                    + "} cannot have, such as : or /, or narrow its class"));
        }
        checkUnchecked(used, arguments);
    }

    private boolean canAllBeParts(List<String> used, Map<String, Argument> arguments) {
        var wrong = used.stream()
                .filter(name -> arguments.values().stream()
                        .noneMatch(argument -> argument.name().equals(name) && argument.isForIdentifiers()))
                .distinct()
                .toList();
        wrong.forEach(name -> fields.fault(
                FaultCode.BAD_PATTERN,
                IDENTIFIER,
                "{" + name + "} cannot be a part of an identifier: it may be left out, or be any text",
                "give it one of the classes name, digits, hex, sha256, uuid, integer, and no optional"));
        return wrong.isEmpty();
    }

    private void checkUnchecked(List<String> used, Map<String, Argument> arguments) {
        var listed = fields.texts(UNCHECKED);
        if (listed.stream().distinct().count() < listed.size()) {
            fields.fault(FaultCode.LISTED_TWICE, UNCHECKED, "unchecked lists something twice", "write it once");
        }
        listed.forEach(name -> known(UNCHECKED, name, List.copyOf(arguments.keySet())));
        arguments.values().stream()
                .filter(argument -> used.contains(argument.name()) && listed.contains(argument.name()))
                .forEach(argument -> fields.fault(
                        FaultCode.BAD_PATTERN,
                        UNCHECKED,
                        "{" + argument.name() + "} is a part of the identifier, so it is checked",
                        "remove it from unchecked"));
        arguments.values().stream()
                .filter(argument ->
                        argument.choices().isEmpty() && argument.kind().names())
                .filter(argument -> !used.contains(argument.name()) && !listed.contains(argument.name()))
                .forEach(argument -> fields.fault(
                        FaultCode.BAD_PATTERN,
                        IDENTIFIER,
                        "the argument " + argument.name() + " names something, and is not a part of the identifier:"
                                + " a token for one would be good for all",
                        "put {" + argument.name() + "} into the identifier, or write unchecked: [" + argument.name()
                                + "] if it does not choose the target"));
    }

    private void known(String field, String name, List<String> names) {
        if (!names.contains(name)) {
            fields.fault(
                    FaultCode.UNKNOWN_NAME,
                    field,
                    "the tool has no argument \"" + name + "\" in this map",
                    Spelling.nearest(name, names)
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("add it under arguments"));
        }
    }
}
