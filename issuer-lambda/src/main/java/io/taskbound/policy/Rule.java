// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.identity.Profile;
import io.taskbound.task.ProviderName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may do a task: one provider and the claims that must all hold. */
final class Rule {
    private final String pointer;
    private final ProviderName provider;
    private final Profile profile;
    private final List<Condition> conditions;
    private final Map<String, String> let;
    private @Nullable String whole;

    /** @param pointer where the rule stands in the document */
    Rule(String pointer, ProviderName provider, Profile profile, List<Condition> conditions, Map<String, String> let) {
        this.pointer = pointer;
        this.provider = provider;
        this.profile = profile;
        this.conditions = List.copyOf(conditions);
        this.let = Map.copyOf(let);
    }

    boolean admits(Caller caller) {
        if (!provider.equals(caller.provider())) {
            return false;
        }
        for (var condition : conditions) {
            if (!condition.holds(caller)) {
                return false;
            }
        }
        return true;
    }

    /** A value for each variable, or empty when one of them has none that may stand in an identifier. */
    Optional<Map<String, String>> values(Set<String> variables, Caller caller) {
        var values = new HashMap<String, String>();
        for (var variable : variables) {
            value(variable, caller).ifPresent(value -> values.put(variable, value));
        }
        return values.size() == variables.size() ? Optional.of(values) : Optional.empty();
    }

    Optional<String> value(String variable, Caller caller) {
        var literal = Optional.ofNullable(let.get(variable));
        return literal.isPresent() ? literal : source(variable).flatMap(source -> source.value(caller));
    }

    /** Where the profile takes the variable from; empty also when {@code let} gives the value. */
    Optional<VariableSource> source(String variable) {
        return let.containsKey(variable) ? Optional.empty() : VariableSource.of(profile, variable);
    }

    boolean lets(String variable) {
        return let.containsKey(variable);
    }

    /** The condition on a whole top-level claim. */
    Optional<Condition> on(String claim) {
        for (var condition : conditions) {
            if (condition.isOn(claim)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /** Whether the claim must be one of certain plain texts. */
    boolean binds(String claim) {
        return on(claim).filter(condition -> condition.values().areTexts()).isPresent();
    }

    /** The claim by which this rule names its tenant; every rule of a loaded policy has one. */
    Optional<Condition> tenant() {
        return profile.tenantClaims().stream().filter(this::binds).findFirst().flatMap(this::on);
    }

    /** Every claim by which this rule names its tenant. */
    List<Condition> tenants() {
        return profile.tenantClaims().stream()
                .filter(this::binds)
                .map(this::on)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Says all of the rule, so that two rules of one text are one rule; for comparing, not for people. */
    String whole() {
        if (whole == null) {
            whole = whole(provider, conditions.stream().map(Condition::whole).toList(), let);
        }
        return whole;
    }

    /** @param conditions all of each in one text */
    static String whole(ProviderName provider, List<String> conditions, Map<String, String> let) {
        return provider + "\n" + conditions.stream().sorted().collect(Collectors.joining("\n")) + "\n"
                + new TreeMap<>(let);
    }

    /** Whether the wider rule lets in everybody that this one does, with the same values for variables. */
    boolean within(Rule wider) {
        if (!provider.equals(wider.provider) || !let.equals(wider.let)) {
            return false;
        }
        for (var other : wider.conditions) {
            if (!isWithin(other)) {
                return false;
            }
        }
        return true;
    }

    /** What the other rule asks of callers and this one does not ask as well; in doubt it does not. */
    Optional<Condition> omits(Rule wider) {
        return wider.conditions.stream().filter(other -> !isWithin(other)).findFirst();
    }

    private boolean isWithin(Condition wider) {
        for (var own : conditions) {
            if (own.within(wider)) {
                return true;
            }
        }
        return false;
    }

    String pointer() {
        return pointer;
    }

    Map<String, String> let() {
        return let;
    }

    ProviderName provider() {
        return provider;
    }

    Profile profile() {
        return profile;
    }

    List<Condition> conditions() {
        return conditions;
    }
}
