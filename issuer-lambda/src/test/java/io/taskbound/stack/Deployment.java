// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What CloudFormation makes of the template for given parameters, as far as that can be told without AWS. */
public final class Deployment {
    public static final String ACCOUNT = "111122223333";
    public static final String REGION = "eu-central-1";
    /** What {@code AWS::NoValue} comes to: the member or item is not there. */
    private static final Object NOTHING = new Object();

    private static final Pattern HOLE = Pattern.compile("\\$\\{([^}!]+)}");
    private static final Map<String, String> PSEUDO = Map.of(
            "AWS::AccountId",
            ACCOUNT,
            "AWS::Region",
            REGION,
            "AWS::Partition",
            "aws",
            "AWS::URLSuffix",
            "amazonaws.com",
            "AWS::StackName",
            "taskbound",
            "AWS::StackId",
            "arn:aws:cloudformation:" + REGION + ":" + ACCOUNT + ":stack/taskbound/1");

    private final StackTemplate template;
    private final Map<String, String> given;
    private final Map<String, String> made;

    Deployment(StackTemplate template, Map<String, String> given, Map<String, String> made) {
        this.template = template;
        this.given = given;
        this.made = made;
    }

    /** @param made what AWS made of resources: {@code Ledger} its reference, {@code Ledger.Arn} an attribute */
    public Deployment with(Map<String, String> made) {
        return new Deployment(template, given, made);
    }

    /** Why the parameters are refused, in the template's own sentences; none when they are not. */
    public List<String> refusals() {
        return Stream.concat(badValues(), brokenRules()).toList();
    }

    private Stream<String> badValues() {
        return template.section("Parameters").entrySet().stream()
                .filter(entry -> !isAllowed(StackTemplate.map(entry.getValue()), parameter(entry.getKey())))
                .map(entry -> {
                    var sentence = StackTemplate.map(entry.getValue()).get("ConstraintDescription");
                    return Objects.requireNonNull(sentence, entry.getKey()).toString();
                });
    }

    private static boolean isAllowed(Map<String, Object> parameter, String value) {
        if (parameter.containsKey("AllowedValues")
                && !StackTemplate.list(parameter.get("AllowedValues")).contains(value)) {
            return false;
        }
        if ("Number".equals(parameter.get("Type"))) {
            return value.matches("[0-9]{1,9}")
                    && Long.parseLong(value) >= limit(parameter, "MinValue", 0)
                    && Long.parseLong(value) <= limit(parameter, "MaxValue", Integer.MAX_VALUE);
        }
        var pattern = parameter.getOrDefault("AllowedPattern", "(?s).*").toString();
        if ("CommaDelimitedList".equals(parameter.get("Type"))) {
            return Stream.of(value.split(",", -1)).allMatch(item -> item.matches(pattern));
        }
        return value.length() <= limit(parameter, "MaxLength", 4_096) && value.matches(pattern);
    }

    private static long limit(Map<String, Object> parameter, String name, long otherwise) {
        return Optional.ofNullable(parameter.get(name))
                .map(limit -> Long.parseLong(limit.toString()))
                .orElse(otherwise);
    }

    private Stream<String> brokenRules() {
        return template.section("Rules").values().stream()
                .map(StackTemplate::map)
                .filter(rule -> !rule.containsKey("RuleCondition") || isTrue(rule.get("RuleCondition")))
                .flatMap(rule -> StackTemplate.list(rule.get("Assertions")).stream())
                .map(StackTemplate::map)
                .filter(assertion -> !isTrue(assertion.get("Assert")))
                .map(assertion -> assertion.get("AssertDescription").toString());
    }

    public boolean condition(String name) {
        return isTrue(template.section("Conditions").get(name));
    }

    public boolean has(String resource) {
        var conditioned = StackTemplate.map(template.section("Resources").get(resource));
        return !conditioned.containsKey("Condition")
                || condition(conditioned.get("Condition").toString());
    }

    /** A resource's own member, such as {@code DeletionPolicy}. */
    public Object attribute(String resource, String name) {
        return value(
                StackTemplate.map(template.section("Resources").get(resource)).get(name));
    }

    public Map<String, Object> properties(String resource) {
        return StackTemplate.map(attribute(resource, "Properties"));
    }

    public String output(String name) {
        return value(StackTemplate.map(template.section("Outputs").get(name)).get("Value"))
                .toString();
    }

    private String parameter(String name) {
        var declared = StackTemplate.map(template.section("Parameters").get(name));
        return Optional.ofNullable(given.get(name))
                .or(() -> Optional.ofNullable(declared.get("Default")).map(Object::toString))
                .orElseThrow(() -> new AssertionError(name + " has no default"));
    }

    /** The value without functions. */
    Object value(Object written) {
        if (written instanceof List<?> list) {
            return list.stream()
                    .map(this::value)
                    .filter(item -> item != NOTHING)
                    .toList();
        }
        if (!(written instanceof Map<?, ?>)) {
            return written;
        }
        var map = StackTemplate.map(written);
        if (map.size() == 1) {
            var name = map.keySet().iterator().next();
            if (name.equals("Ref") || name.startsWith("Fn::")) {
                return function(name, map.get(name));
            }
        }
        var plain = new LinkedHashMap<String, Object>();
        map.forEach((name, below) -> {
            var found = value(below);
            if (found != NOTHING) {
                plain.put(name, found);
            }
        });
        return plain;
    }

    private Object function(String name, Object argument) {
        return switch (name) {
            case "Ref" -> reference(argument.toString());
            case "Fn::GetAtt" -> madeOf(String.join(".", texts(argument)));
            case "Fn::If" -> {
                var parts = StackTemplate.list(argument);
                yield value(parts.get(condition(parts.get(0).toString()) ? 1 : 2));
            }
            case "Fn::Sub" -> substituted(argument);
            case "Fn::Join" -> {
                var parts = StackTemplate.list(argument);
                yield String.join(parts.get(0).toString(), texts(value(parts.get(1))));
            }
            case "Fn::Split" -> {
                var parts = StackTemplate.list(argument);
                yield List.of(value(parts.get(1))
                        .toString()
                        .split(Pattern.quote(parts.get(0).toString()), -1));
            }
            case "Fn::Select" -> {
                var parts = StackTemplate.list(argument);
                yield StackTemplate.list(value(parts.get(1)))
                        .get(Integer.parseInt(parts.get(0).toString()));
            }
            case "Fn::FindInMap" -> {
                var parts = texts(value(argument));
                var mapping = StackTemplate.map(template.section("Mappings").get(parts.get(0)));
                yield StackTemplate.map(mapping.get(parts.get(1))).get(parts.get(2));
            }
            default -> throw new AssertionError("a function that this test does not know: " + name);
        };
    }

    private Object reference(String name) {
        if (name.equals("AWS::NoValue")) {
            return NOTHING;
        }
        if (PSEUDO.containsKey(name)) {
            return PSEUDO.get(name);
        }
        if (!template.section("Parameters").containsKey(name)) {
            return madeOf(name);
        }
        var declared = StackTemplate.map(template.section("Parameters").get(name));
        var value = parameter(name);
        return "CommaDelimitedList".equals(declared.get("Type")) ? List.of(value.split(",")) : value;
    }

    public String arn(String resource) {
        return madeOf(resource + ".Arn");
    }

    private String madeOf(String name) {
        var resource = name.replaceFirst("\\..*", "");
        if (!template.section("Resources").containsKey(resource)) {
            throw new AssertionError("the template has no resource " + resource);
        }
        return made.getOrDefault(name, "made-of-" + name);
    }

    private String substituted(Object argument) {
        var parts = StackTemplate.list(argument);
        Map<String, Object> own = parts.size() > 1 ? StackTemplate.map(parts.get(1)) : Map.of();
        UnaryOperator<String> filled = hole -> {
            if (own.containsKey(hole)) {
                return value(own.get(hole)).toString();
            }
            return (hole.contains(".") ? madeOf(hole) : reference(hole)).toString();
        };
        return HOLE.matcher(parts.get(0).toString())
                .replaceAll(hole -> java.util.regex.Matcher.quoteReplacement(filled.apply(hole.group(1))));
    }

    private boolean isTrue(Object written) {
        var map = StackTemplate.map(written);
        var name = map.keySet().iterator().next();
        var parts = new ArrayList<>(StackTemplate.list(map.get(name)));
        return switch (name) {
            case "Fn::Equals" -> value(parts.get(0)).equals(value(parts.get(1)));
            case "Fn::Not" -> !isTrue(parts.get(0));
            case "Fn::And" -> parts.stream().allMatch(this::isTrue);
            case "Fn::Or" -> parts.stream().anyMatch(this::isTrue);
            case "Condition" -> condition(parts.get(0).toString());
            default -> throw new AssertionError("no condition: " + written);
        };
    }

    private static List<String> texts(Object list) {
        return StackTemplate.list(list).stream().map(Object::toString).toList();
    }
}
