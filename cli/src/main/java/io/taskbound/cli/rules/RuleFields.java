// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.json.JsonString;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one rule of a file. */
final class RuleFields {
    static final String[] NAMES = {"name", "methods", "path", "where", "unchecked", "query", "action", "identifier"};
    static final int MAX_PATH = 512;

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String CLASSES =
            Arrays.stream(SegmentClass.values()).map(SegmentClass::word).collect(Collectors.joining(", "));
    private static final int MAX_VARIABLES = 16;
    private static final String PATH = "path";
    private static final String WHERE = "where";
    private static final String UNCHECKED = "unchecked";
    private static final String QUERY = "query";
    private static final String IDENTIFIER = "identifier";

    private final DocumentFields fields;
    private final Set<String> names;

    /** @param names of the rules before it; its own is added */
    RuleFields(DocumentFields fields, Set<String> names) {
        this.fields = fields;
        this.names = names;
    }

    /** Empty, with faults, if it cannot be compared with the others. */
    Optional<Rule> read() {
        var name = name();
        var methods = methods();
        var action = text("action", "read", RuleForm.ACTION, "1 to 64 letters, digits and ._:-");
        var query = query();
        var path = path();
        var identifier = text(
                IDENTIFIER,
                "\"ticket:{ticket}\"",
                RuleForm.IDENTIFIER,
                "letters, digits and ._~@+=,/:- and variables of the path in braces");
        if (path.isPresent() && identifier.isPresent()) {
            checkVariables(path.get(), IdentifierTemplate.of(identifier.get()));
        }
        if (name.isEmpty() || methods.isEmpty() || action.isEmpty() || path.isEmpty() || identifier.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Rule(
                name.get(), methods, path.get(), query, action.get(), IdentifierTemplate.of(identifier.get())));
    }

    private Optional<String> name() {
        var name = text("name", "read-ticket", RuleForm.NAME, "1 to 64 of a-z, 0-9 and -");
        if (name.isPresent() && !names.add(name.get())) {
            fields.fault(FaultCode.DEFINED_TWICE, "name", "two rules have this name", "give each its own");
        }
        return name;
    }

    /** Of that form, and at most 512 characters. */
    private Optional<String> text(String field, String example, Pattern form, String inWords) {
        fields.requires(field, example);
        var text = fields.text(field);
        if (text.filter(value ->
                        value.length() > MAX_PATH || !form.matcher(value).matches())
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

    private Set<String> methods() {
        fields.requires("methods", "[GET]");
        var methods = distinct("methods");
        methods.stream()
                .filter(method -> !METHODS.contains(method))
                .forEach(method -> fields.fault(
                        FaultCode.BAD_VALUE,
                        "methods",
                        "unknown method",
                        Spelling.nearest(method, METHODS)
                                .map(meant -> "did you mean " + meant + "?")
                                .orElse("known here: " + String.join(", ", METHODS))));
        return methods;
    }

    private Set<String> query() {
        var parameters = distinct(QUERY);
        if (parameters.stream()
                .anyMatch(name -> !RuleForm.PARAMETER.matcher(name).matches())) {
            fields.fault(
                    FaultCode.BAD_VALUE,
                    QUERY,
                    "the name of a parameter must be 1 to 64 letters, digits and ._~-",
                    "write it like query: [page]");
        }
        if (parameters.stream().anyMatch(Overrides::isParameter)) {
            fields.fault(
                    FaultCode.BAD_PATTERN,
                    QUERY,
                    "this parameter tells some services another method than the request's",
                    "remove it; requests with it are always refused");
        }
        return parameters;
    }

    private Set<String> distinct(String field) {
        var texts = fields.texts(field);
        var distinct = new HashSet<>(texts);
        if (distinct.size() < texts.size()) {
            fields.fault(FaultCode.LISTED_TWICE, field, field + " lists something twice", "write it once");
        }
        return distinct;
    }

    private Optional<PathPattern> path() {
        var text = text(
                PATH,
                "/tickets/{ticket}",
                RuleForm.PATH,
                "segments of letters, digits and ._~@+=,:- that do not end with a dot, or a variable each, such as"
                        + " {ticket}, or {rest...} at the end");
        var classes = classes();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var parts = new ArrayList<PathPart>();
        for (var segment : text.get().substring(1).split("/", -1)) {
            parts.add(part(segment, classes));
        }
        var pattern = new PathPattern(parts);
        checkNames(pattern, classes.keySet());
        return Optional.of(pattern);
    }

    private static PathPart part(String segment, Map<String, SegmentClass> classes) {
        if (!segment.startsWith("{")) {
            return new PathPart.Literal(segment);
        }
        boolean rest = segment.endsWith("...}");
        var name = segment.substring(1, segment.length() - (rest ? "...}" : "}").length());
        return new PathPart.Variable(name, classes.getOrDefault(name, SegmentClass.NAME), rest);
    }

    private Map<String, SegmentClass> classes() {
        var classes = new LinkedHashMap<String, SegmentClass>();
        fields.mapping(WHERE).forEach((variable, value) -> {
            var named = value instanceof JsonString text
                    ? SegmentClass.named(text.value())
                    : Optional.<SegmentClass>empty();
            if (named.isEmpty()) {
                fields.fault(
                        FaultCode.BAD_VALUE, WHERE, "a variable must be one of " + CLASSES, "write one of these words");
            }
            classes.put(variable, named.orElse(SegmentClass.NAME));
        });
        return classes;
    }

    private void checkNames(PathPattern path, Set<String> classified) {
        var variables = path.variables().stream().map(PathPart.Variable::name).toList();
        if (new HashSet<>(variables).size() < variables.size()) {
            fields.fault(FaultCode.DEFINED_TWICE, PATH, "two variables have one name", "give each its own");
        }
        if (variables.size() > MAX_VARIABLES) {
            fields.fault(
                    FaultCode.BAD_LENGTH, PATH, "more than " + MAX_VARIABLES + " variables", "write a shorter path");
        }
        classified.forEach(name -> known(WHERE, name, variables));
        unchecked().forEach(name -> known(UNCHECKED, name, variables));
    }

    private Set<String> unchecked() {
        return distinct(UNCHECKED);
    }

    private void known(String field, String name, List<String> variables) {
        if (!RuleForm.VARIABLE_NAME.matcher(name).matches()) {
            fields.fault(
                    FaultCode.BAD_NAME,
                    field,
                    "the name of a variable must be 1 to 32 of a-z, 0-9 and _, first a letter",
                    "write it as in the path");
        } else if (!variables.contains(name)) {
            fields.fault(
                    FaultCode.UNKNOWN_NAME,
                    field,
                    "the path has no variable \"" + name + "\"",
                    Spelling.nearest(name, variables)
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse(
                                    variables.isEmpty()
                                            ? "the path has no variables"
                                            : "known here: " + String.join(", ", variables)));
        }
    }

    /** Which target a request means must be told by the identifier, and by it alone. */
    private void checkVariables(PathPattern path, IdentifierTemplate identifier) {
        var variables = new LinkedHashMap<String, PathPart.Variable>();
        path.variables().forEach(variable -> variables.put(variable.name(), variable));
        var used = identifier.variables();
        used.forEach(name -> known(IDENTIFIER, name, List.copyOf(variables.keySet())));
        if (variables.keySet().containsAll(used)) {
            identifier
                    .runTogether(variables)
                    .ifPresent(two -> fields.fault(
                            FaultCode.BAD_PATTERN,
                            IDENTIFIER,
                            "where {" + two.get(0) + "} ends and {" + two.get(1)
                                    + "} begins cannot be told, so that a token for one target would be good for another",
                            "write a character between them that {" + two.get(0)
                                    + "} cannot have, such as : or /, or narrow it" + " under where"));
        }
        var unchecked = unchecked();
        variables.keySet().stream()
                .filter(name -> used.contains(name) == unchecked.contains(name))
                .forEach(name -> fields.fault(
                        FaultCode.BAD_PATTERN,
                        unchecked.contains(name) ? UNCHECKED : IDENTIFIER,
                        unchecked.contains(name)
                                ? "{" + name + "} is part of the identifier, so it is checked"
                                : "{" + name + "} is not part of the identifier: a token for one would be good for all",
                        unchecked.contains(name)
                                ? "remove it from unchecked"
                                : "put it into the identifier, or write unchecked: [" + name
                                        + "] if it does not choose the target"));
    }
}
