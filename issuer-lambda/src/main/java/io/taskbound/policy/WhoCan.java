// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.task.Identifier;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may do one action on one target: every rule of every task that permits it, and what callers it lets in. A caller
 * is let in by one of the answers if and only if {@link Policy#decide} would grant a request for just this, whatever
 * the hour and before anybody approves.
 */
public final class WhoCan {
    /**
     * @param server empty for any
     * @param task empty for any
     */
    public record Question(
            String action, Identifier identifier, Optional<ServerName> server, Optional<TaskName> task) {}

    private final Policy policy;
    private final Question question;
    private final Map<List<Object>, Optional<Set<String>>> known = new HashMap<>();
    private final Map<Filled, Optional<Set<Map<String, String>>>> ways = new HashMap<>();

    /** A pattern, and what decides which values its variables may have. */
    private record Filled(String pattern, Map<String, String> let, String profile) {}

    private WhoCan(Policy policy, Question question) {
        this.policy = policy;
        this.question = question;
    }

    /** In the order of the policy. */
    public static List<Permitted> of(Policy policy, Question question) {
        return new WhoCan(policy, question).answers();
    }

    /** Every action that some task has. */
    public static Set<String> actions(Policy policy) {
        var actions = new TreeSet<String>();
        policy.tasks()
                .forEach(task -> task.servers()
                        .forEach(
                                server -> task.at(server).forEach(permission -> actions.addAll(permission.actions()))));
        return actions;
    }

    private List<Permitted> answers() {
        var answers = new ArrayList<Permitted>();
        for (var task : policy.tasks()) {
            if (question.task().filter(wanted -> !wanted.equals(task.name())).isEmpty()) {
                for (var server : task.servers()) {
                    answer(task, server, answers);
                }
            }
        }
        return answers;
    }

    private void answer(Task task, ResourceServer server, List<Permitted> answers) {
        if (question.server().filter(wanted -> !wanted.equals(server.name())).isPresent()) {
            return;
        }
        var patterns = task.at(server).stream()
                .filter(permission -> permission.actions().contains(question.action()))
                .flatMap(permission -> permission.identifiers().stream())
                .filter(pattern -> question.identifier().value().startsWith(pattern.beginning()))
                .toList();
        if (!patterns.isEmpty()) {
            task.rules().forEach(entry -> answer(task, server, entry, patterns).ifPresent(answers::add));
        }
    }

    private Optional<Permitted> answer(
            Task task, ResourceServer server, AllowedRule entry, List<IdentifierPattern> patterns) {
        var rule = entry.rule();
        var values = new LinkedHashSet<Map<String, String>>();
        var untried = new ArrayList<IdentifierPattern>();
        for (var pattern : patterns) {
            var found = ways(pattern, rule);
            found.ifPresentOrElse(
                    all -> all.stream().filter(one -> mayBe(rule, one)).forEach(values::add),
                    () -> untried.add(pattern));
        }
        if (values.contains(Map.<String, String>of())) {
            values.retainAll(Set.of(Map.<String, String>of()));
            untried.clear();
        }
        if (values.isEmpty() && untried.isEmpty()) {
            return Optional.empty();
        }
        var claimed = new TreeSet<>(task.variables());
        claimed.removeIf(rule::lets);
        return Optional.of(new Permitted(task, server, entry, claimed, values, untried, question.identifier()));
    }

    /** Many tasks have the same patterns, and many rules give the same values or none. */
    private Optional<Set<Map<String, String>>> ways(IdentifierPattern pattern, Rule rule) {
        return ways.computeIfAbsent(
                new Filled(pattern.toString(), rule.let(), rule.profile().name()),
                any -> TargetValues.of(
                        pattern,
                        rule.let(),
                        question.identifier(),
                        (variable, value) -> rule.source(variable)
                                .filter(source -> VariableValue.isValid(value, source.path()))
                                .isPresent()));
    }

    /** The rule's conditions may say what the claim must be that a value comes from. */
    private boolean mayBe(Rule rule, Map<String, String> values) {
        for (var value : values.entrySet()) {
            var source = rule.source(value.getKey());
            if (source.filter(from -> mayBe(rule, from, value.getValue())).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean mayBe(Rule rule, VariableSource source, String value) {
        var claim = source.claim(rule.profile());
        var condition = rule.on(claim);
        if (condition.isEmpty()) {
            return true;
        }
        var values = condition.get().values();
        if (values.areTexts()) {
            return values(rule, source, claim, values)
                    .filter(all -> !all.contains(value))
                    .isEmpty();
        }
        // A pattern: it says something of the value only where the value is the claim itself.
        return !Optional.of(value).equals(read(rule, source, claim, value)) || values.include(new JsonString(value));
    }

    /** All that the variable may be for a claim that has one of these texts. */
    private Optional<Set<String>> values(Rule rule, VariableSource source, String claim, Values values) {
        return known.computeIfAbsent(List.of(rule, source.variable()), any -> {
            var all = new TreeSet<String>();
            values.texts().forEach(text -> read(rule, source, claim, text).ifPresent(all::add));
            // Another spelling of a subject may read differently.
            return claim.equals(Condition.SUBJECT) && rule.profile().respellsSubjects()
                    ? Optional.empty()
                    : Optional.of(all);
        });
    }

    private Optional<String> read(Rule rule, VariableSource source, String claim, String text) {
        return source.value(caller(rule, claim, text));
    }

    private Caller caller(Rule rule, String claim, String text) {
        var claims = JsonObject.builder().put(claim, text);
        if (!claim.equals(Condition.SUBJECT)) {
            claims.put(Condition.SUBJECT, "any");
        }
        return rule.profile().describe(rule.provider(), issuer(rule), claims.build(), "unproven");
    }

    private String issuer(Rule rule) {
        return policy.providers().stream()
                .filter(provider -> provider.name().equals(rule.provider()))
                .map(Provider::issuer)
                .findFirst()
                .orElse("");
    }
}
