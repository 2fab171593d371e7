// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is known of one task and one caller. */
public final class Allowance {
    /** Of the caller, whatever its claims are that were not given. */
    public enum Answer {
        MAY,
        /** It depends on claims that were not given. */
        MAY_IF,
        MAY_NOT
    }

    private final Task task;
    private final List<Way> ways;
    private final Optional<String> reason;

    Allowance(Task task, List<Way> ways, Optional<String> reason) {
        this.task = task;
        this.ways = ways.stream()
                .sorted(Comparator.comparing(way -> !way.isCertain()))
                .toList();
        this.reason = reason;
    }

    public TaskName task() {
        return task.name();
    }

    public Answer answer() {
        if (ways.isEmpty()) {
            return Answer.MAY_NOT;
        }
        return ways.stream().anyMatch(Way::isCertain) ? Answer.MAY : Answer.MAY_IF;
    }

    /** The rules that let the caller in or might, in their order; those that certainly do come first. */
    public List<Way> ways() {
        return ways;
    }

    /** Why not, by the rule that comes closest; only where it may not. */
    public Optional<String> reason() {
        return reason;
    }

    /** The limits at one of the task's servers. */
    public LimitTerms terms(ServerName server) {
        return task.servers().stream()
                .filter(known -> known.name().equals(server))
                .map(known -> new LimitTerms(task.limits(), known))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server of the task"));
    }

    /**
     * Some actions on some targets.
     *
     * @param identifiers patterns, in which a variable stands for the caller's value where that is not known
     */
    public record Targets(ServerName server, SortedSet<String> actions, List<String> identifiers) {
        public Targets {
            actions = new TreeSet<>(actions);
            identifiers = List.copyOf(identifiers);
        }

        /** {@code sign on "artifact:acme/shop/**" at signer}; printable ASCII. */
        public String words() {
            return actions.stream().map(Shown::bare).collect(Collectors.joining(" or ")) + " on "
                    + identifiers.stream().map(Shown::whole).collect(Collectors.joining(" or ")) + " at " + server;
        }
    }

    /** One rule that lets the caller in, or does if what is open turns out so. */
    public static final class Way {
        private final Task task;
        private final AllowedRule entry;
        private final List<Condition> conditions;
        private final SortedSet<String> variables;
        private final Map<String, String> values;

        Way(
                Task task,
                AllowedRule entry,
                List<Condition> conditions,
                Collection<String> variables,
                Map<String, String> values) {
            this.task = task;
            this.entry = entry;
            this.conditions = List.copyOf(conditions);
            this.variables = new TreeSet<>(variables);
            this.values = Map.copyOf(values);
        }

        /** Where the rule stands: {@code allow[0] release-pipelines[1]}. */
        public String rule() {
            return entry.label();
        }

        public boolean isCertain() {
            return conditions.isEmpty() && variables.isEmpty();
        }

        /** What claims must be that were not given; all of them. */
        public List<Requirement> requirements() {
            return conditions.stream().map(Requirement::of).toList();
        }

        /** Claims that were not given and must be there, because the targets need their values. */
        public List<String> needed() {
            return variables.stream().map(this::claim).distinct().toList();
        }

        private String claim(String variable) {
            return entry.rule()
                    .source(variable)
                    .map(source -> source.claim(entry.rule().profile()))
                    .orElse(variable);
        }

        /** The same for people, each the rest of a sentence that begins with "if"; empty where it is certain. */
        public List<String> words() {
            var words = new ArrayList<String>();
            requirements().forEach(requirement -> words.add(requirement.words()));
            needed().forEach(claim -> words.add(Shown.bare(claim) + " is there, and fit for an identifier"));
            return words;
        }

        /** What may be done, on which targets; an entry for each of the task's permissions. */
        public List<Targets> targets() {
            var targets = new ArrayList<Targets>();
            for (var server : task.servers()) {
                for (var permission : task.at(server)) {
                    targets.add(new Targets(
                            server.name(),
                            permission.actions(),
                            permission.identifiers().stream().map(this::shown).toList()));
                }
            }
            return targets;
        }

        private String shown(IdentifierPattern pattern) {
            return pattern.parts().stream()
                    .map(part -> part.text(values).orElse(part.toString()))
                    .collect(Collectors.joining());
        }

        /** By what is said to be open alone, of a caller with the claims that were given. */
        boolean admits(Caller caller) {
            return conditions.stream().allMatch(condition -> condition.holds(caller))
                    && variables.stream()
                            .allMatch(variable ->
                                    entry.rule().value(variable, caller).isPresent());
        }
    }
}
