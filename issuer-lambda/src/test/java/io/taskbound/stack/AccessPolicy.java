// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the statements of a role or a managed policy let through, judged as IAM documents it. Unknown parts are an
 * error.
 */
public final class AccessPolicy {
    private final List<Statement> statements;

    private AccessPolicy(List<Statement> statements) {
        this.statements = statements;
    }

    private static final List<String> KEYS = List.of("SigningKey", "SealingKey", "PolicyKey", "DataKey");

    /**
     * The policies of a role that stand in it, those managed ones of the template that it names, and what the
     * template's keys say of it.
     */
    public static AccessPolicy ofRole(Deployment stack, String role) {
        var properties = stack.properties(role);
        var own = StackTemplate.list(properties.getOrDefault("Policies", List.of())).stream()
                .flatMap(policy -> statements(StackTemplate.map(policy).get("PolicyDocument")));
        var managed = StackTemplate.list(properties.getOrDefault("ManagedPolicyArns", List.of())).stream()
                .map(Object::toString)
                .flatMap(name -> statements(
                        stack.properties(name.replace("made-of-", "")).get("PolicyDocument")));
        var policy = new AccessPolicy(Stream.concat(own, managed).toList());
        for (var key : KEYS) {
            if (stack.has(key)) {
                var document = stack.properties(key).get("KeyPolicy");
                policy = policy.andOfKey(stack.arn(key), document, stack.arn(role));
            }
        }
        return policy;
    }

    /** With what the policy of a key, or of another resource, gives to this principal by its own name. */
    public AccessPolicy andOfKey(String arn, Object document, String principal) {
        var ofKey = StackTemplate.list(StackTemplate.map(document).get("Statement")).stream()
                .map(StackTemplate::map)
                .filter(statement ->
                        StackTemplate.map(statement.get("Principal")).containsValue(principal))
                .map(statement -> Statement.read(statement).on(arn));
        return new AccessPolicy(Stream.concat(statements.stream(), ofKey).toList());
    }

    /** What the trust policy of a role gives to this principal. */
    public static AccessPolicy ofTrust(Deployment stack, String role, String principal) {
        return none().andOfKey(stack.arn(role), stack.properties(role).get("AssumeRolePolicyDocument"), principal);
    }

    public static AccessPolicy none() {
        return new AccessPolicy(List.of());
    }

    public static AccessPolicy managed(Deployment stack, String policy) {
        return ofDocument(stack.properties(policy).get("PolicyDocument"));
    }

    public static AccessPolicy ofDocument(Object document) {
        return new AccessPolicy(statements(document).toList());
    }

    private static Stream<Statement> statements(Object document) {
        return StackTemplate.list(StackTemplate.map(document).get("Statement")).stream()
                .map(statement -> Statement.read(StackTemplate.map(statement)));
    }

    /** Allowed by a statement, and denied by none. */
    public boolean allows(AwsCall call) {
        var fitting = statements.stream().filter(each -> each.fits(call)).toList();
        return !fitting.isEmpty() && fitting.stream().allMatch(Statement::allows);
    }

    /** Each action of each allowing statement: {@code SignTokens kms:Sign}. */
    public List<String> granted() {
        return statements.stream()
                .filter(Statement::allows)
                .flatMap(each -> each.actions().stream().map(action -> each.sid() + " " + action))
                .toList();
    }

    /** Those of {@link #granted} that none of the calls makes use of. */
    public List<String> unused(List<AwsCall> calls) {
        var unused = new ArrayList<>(granted());
        for (var call : calls) {
            statements.stream()
                    .filter(each -> each.allows() && each.fits(call))
                    .forEach(each -> unused.remove(each.sid() + " " + call.action()));
        }
        return unused;
    }

    public List<AwsCall> refused(List<AwsCall> calls) {
        return calls.stream().filter(call -> !allows(call)).toList();
    }

    private record Statement(
            String sid, boolean allows, List<String> actions, List<String> resources, Map<String, Object> conditions) {
        static Statement read(Map<String, Object> written) {
            for (var name : written.keySet()) {
                if (!List.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition")
                        .contains(name)) {
                    throw new AssertionError("a member of statements that this test does not know: " + name);
                }
            }
            return new Statement(
                    written.get("Sid").toString(),
                    written.get("Effect").equals("Allow"),
                    texts(written.get("Action")),
                    // A trust policy names none: it is about its own role.
                    texts(written.getOrDefault("Resource", "*")),
                    StackTemplate.map(written.getOrDefault("Condition", Map.of())));
        }

        /** In the policy of a key, {@code *} is that key. */
        Statement on(String arn) {
            return new Statement(sid, allows, actions, List.of(arn), conditions);
        }

        boolean fits(AwsCall call) {
            return actions.stream().anyMatch(action -> like(action, call.action()))
                    && resources.stream().anyMatch(resource -> like(resource, call.resource()))
                    && conditions.entrySet().stream()
                            .allMatch(entry -> holds(entry.getKey(), StackTemplate.map(entry.getValue()), call));
        }

        private static boolean holds(String operator, Map<String, Object> wanted, AwsCall call) {
            return wanted.entrySet().stream()
                    .allMatch(entry -> holds(operator, call.context().getOrDefault(entry.getKey(), List.of()), entry));
        }

        private static boolean holds(String operator, List<String> found, Map.Entry<String, Object> wanted) {
            var values = texts(wanted.getValue());
            return switch (operator) {
                case "Null" -> values.equals(List.of(String.valueOf(found.isEmpty())));
                case "StringEqualsIfExists", "BoolIfExists" ->
                    found.isEmpty() || found.size() == 1 && values.contains(found.get(0));
                case "DateLessThan" ->
                    found.size() == 1 && Instant.parse(found.get(0)).isBefore(Instant.parse(values.get(0)));
                case "StringEquals" -> found.size() == 1 && values.contains(found.get(0));
                case "StringLike" -> found.size() == 1 && values.stream().anyMatch(value -> like(value, found.get(0)));
                // True of no value at all, too: so it wants Null beside it.
                case "ForAllValues:StringEquals" -> values.containsAll(found);
                case "ForAllValues:StringLike" ->
                    found.stream().allMatch(each -> values.stream().anyMatch(value -> like(value, each)));
                case "ForAnyValue:StringLike" ->
                    found.stream().anyMatch(each -> values.stream().anyMatch(value -> like(value, each)));
                case "NumericGreaterThanEquals" ->
                    found.size() == 1 && Long.parseLong(found.get(0)) >= Long.parseLong(values.get(0));
                case "ArnLike" -> found.size() == 1 && values.stream().anyMatch(value -> like(value, found.get(0)));
                default -> throw new AssertionError("a condition that this test does not know: " + operator);
            };
        }

        /** {@code *} is any text, {@code ?} any one character. */
        private static boolean like(String pattern, String text) {
            var regex = pattern.chars()
                    .mapToObj(c -> switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> java.util.regex.Pattern.quote(Character.toString(c));
                    })
                    .collect(Collectors.joining());
            return text.matches(regex);
        }

        private static List<String> texts(Object value) {
            return StackTemplate.list(value).stream().map(Object::toString).toList();
        }
    }
}
