// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The condition of a {@code filter} of Logs Insights, as far as our queries go: comparisons of a field with a text or a
 * number, {@code in}, {@code ispresent}, {@code and}, {@code or}, brackets. It is our reading of AWS's documentation;
 * there is no Logs Insights outside AWS to compare it with.
 */
final class LineFilter {
    private static final Pattern TOKEN =
            Pattern.compile("\"[^\"]*\"|[A-Za-z_][A-Za-z0-9_.]*|[0-9]+|>=|<=|[=<>()\\[\\],]");

    private final List<String> tokens;
    private int at;

    private LineFilter(List<String> tokens) {
        this.tokens = tokens;
    }

    static LineFilter of(String text) {
        var tokens = TOKEN.matcher(text).results().map(token -> token.group()).toList();
        if (!String.join("", tokens).replaceAll("\\s", "").equals(text.replaceAll("\\s", ""))) {
            throw new AssertionError("cannot be read: " + text);
        }
        return new LineFilter(tokens);
    }

    boolean keeps(JsonObject line) {
        at = 0;
        var condition = either();
        if (at != tokens.size()) {
            throw new AssertionError("what is " + tokens.subList(at, tokens.size()) + "?");
        }
        return condition.test(line);
    }

    private Predicate<JsonObject> either() {
        var condition = both();
        while (isNext("or")) {
            condition = condition.or(both());
        }
        return condition;
    }

    private Predicate<JsonObject> both() {
        var condition = one();
        while (isNext("and")) {
            condition = condition.and(one());
        }
        return condition;
    }

    private Predicate<JsonObject> one() {
        if (isNext("(")) {
            var inner = either();
            take(")");
            return inner;
        }
        if (isNext("ispresent")) {
            take("(");
            var field = next();
            take(")");
            return line -> value(line, field).isPresent();
        }
        var field = next();
        var operator = next();
        return operator.equals("in") ? isOneOf(field) : compares(field, operator, next());
    }

    private Predicate<JsonObject> isOneOf(String field) {
        var texts = new ArrayList<String>();
        take("[");
        do {
            texts.add(next());
        } while (isNext(","));
        take("]");
        return line -> value(line, field)
                .filter(value -> texts.contains(quoted(value)))
                .isPresent();
    }

    private static Predicate<JsonObject> compares(String field, String operator, String with) {
        if (with.startsWith("\"")) {
            if (!operator.equals("=")) {
                throw new AssertionError("a text is compared by = alone");
            }
            return line -> value(line, field)
                    .filter(value -> quoted(value).equals(with))
                    .isPresent();
        }
        var number = new BigDecimal(with);
        return line -> value(line, field)
                .filter(JsonNumber.class::isInstance)
                .map(value -> ((JsonNumber) value).value().compareTo(number))
                .filter(order -> holds(order, operator))
                .isPresent();
    }

    private static boolean holds(int order, String operator) {
        return switch (operator) {
            case "=" -> order == 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            default -> throw new AssertionError(operator);
        };
    }

    private static Optional<JsonValue> value(JsonObject line, String field) {
        return line.get(field);
    }

    private static String quoted(JsonValue value) {
        return value instanceof JsonString text ? '"' + text.value() + '"' : "";
    }

    private boolean isNext(String token) {
        boolean is = at < tokens.size() && tokens.get(at).equals(token);
        at += is ? 1 : 0;
        return is;
    }

    private String next() {
        return tokens.get(at++);
    }

    private void take(String token) {
        if (!isNext(token)) {
            throw new AssertionError(token + " is missing in " + tokens);
        }
    }
}
