// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.task.Identifier;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One rule by which a target may be acted on, and the callers that it lets in for that. */
public final class Permitted {
    private final Task task;
    private final ResourceServer server;
    private final AllowedRule entry;
    private final SortedSet<String> claimed;
    private final List<SortedMap<String, String>> values;
    private final List<IdentifierPattern> untried;
    private final Identifier identifier;

    /**
     * @param claimed the variables of the task whose values come from the caller's claims
     * @param values ways to fill in those of a matching pattern
     * @param untried patterns with too many such ways
     */
    Permitted(
            Task task,
            ResourceServer server,
            AllowedRule entry,
            SortedSet<String> claimed,
            Collection<Map<String, String>> values,
            List<IdentifierPattern> untried,
            Identifier identifier) {
        this.task = task;
        this.server = server;
        this.entry = entry;
        this.claimed = new TreeSet<>(claimed);
        this.values =
                values.stream().<SortedMap<String, String>>map(TreeMap::new).toList();
        this.untried = List.copyOf(untried);
        this.identifier = identifier;
    }

    public TaskName task() {
        return task.name();
    }

    public ResourceServer server() {
        return server;
    }

    /** Where the rule stands: {@code allow[0] release-pipelines[1]}. */
    public String rule() {
        return entry.label();
    }

    public ProviderName provider() {
        return entry.rule().provider();
    }

    /** What the caller's claims must be; all of them. */
    public List<Requirement> requirements() {
        return entry.rule().conditions().stream().map(Requirement::of).toList();
    }

    /** What the caller's own values for the variables of the target must be: one of these. Empty where any will do. */
    public List<SortedMap<String, String>> values() {
        return values.contains(new TreeMap<String, String>()) ? List.of() : values;
    }

    /** Patterns that must match with the caller's own values in them, where too many values would do to name each. */
    public List<String> patterns() {
        return untried.stream().map(IdentifierPattern::toString).toList();
    }

    /** The claim that a variable of the target takes its value from. */
    public String claim(String variable) {
        return entry.rule()
                .source(variable)
                .map(source -> source.claim(entry.rule().profile()))
                .orElse(variable);
    }

    /** Other claims that must be there, because the task's targets need them: their names. */
    public List<String> needed() {
        var named = new TreeSet<String>();
        values().forEach(one -> named.addAll(one.keySet()));
        return claimed.stream()
                .filter(variable -> !named.contains(variable))
                .map(this::claim)
                .distinct()
                .toList();
    }

    public LimitTerms terms() {
        return new LimitTerms(task.limits(), server);
    }

    /** What must hold of a caller, one sentence each without a full stop; all of them. */
    public List<String> words() {
        var words = new ArrayList<String>();
        requirements().forEach(requirement -> words.add(requirement.words()));
        var ways = new ArrayList<String>();
        var alone = new TreeMap<String, List<String>>();
        for (var one : values()) {
            if (one.size() == 1) {
                one.forEach((variable, value) -> alone.computeIfAbsent(variable, any -> new ArrayList<>())
                        .add(Shown.whole(value)));
            } else {
                var parts = new ArrayList<String>();
                one.forEach((variable, value) -> parts.add(named(variable) + " is " + Shown.whole(value)));
                ways.add(String.join(" and ", parts));
            }
        }
        alone.forEach((variable, own) -> ways.add(named(variable) + " is " + String.join(" or ", own)));
        patterns().forEach(pattern -> ways.add(Shown.whole(pattern) + " with the caller's own values is the target"));
        if (!ways.isEmpty()) {
            words.add(String.join(", or ", ways));
        }
        needed().forEach(claim -> words.add(Shown.bare(claim) + " is there, and fit for an identifier"));
        return words;
    }

    private String named(String variable) {
        var claim = claim(variable);
        return claim.equals(variable)
                ? Shown.bare(variable)
                : "the " + Shown.bare(variable) + " (from the claim " + Shown.bare(claim) + ")";
    }

    /** By this answer alone, and not by the decision: so that a test can hold one against the other. */
    boolean admits(Caller caller) {
        var rule = entry.rule();
        var own = rule.values(task.variables(), caller);
        return rule.admits(caller)
                && own.isPresent()
                && (values.stream().anyMatch(one -> own.get().entrySet().containsAll(one.entrySet()))
                        || untried.stream()
                                .anyMatch(pattern -> pattern.bind(own.get()).matches(identifier.value())));
    }
}
