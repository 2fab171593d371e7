// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Profile;
import io.taskbound.task.ProviderName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one rule: {@code provider}, {@code claims}, {@code nested}, {@code let}. */
final class RuleReader {
    private static final int MAX_TEXT = 256;

    private final DocumentReader reader;
    private final Faults faults;
    private final Declared<Profile> providers;
    private final RuleChecks checks;
    private final Acceptances acceptances;

    /** @param providers the profile of each provider that could be read */
    RuleReader(DocumentReader reader, Faults faults, Declared<Profile> providers) {
        this.reader = reader;
        this.faults = faults;
        this.providers = providers;
        this.checks = new RuleChecks(faults);
        this.acceptances = new Acceptances(reader, faults);
    }

    Optional<Rule> read(Place place) {
        return reader.fields(place, "provider", "claims", "nested", "let", "accept")
                .flatMap(this::read);
    }

    private Optional<Rule> read(Fields fields) {
        return read(fields, false);
    }

    /** A rule for people who approve: started by hand where a run speaks for them. */
    Optional<Rule> readPeople(Fields fields) {
        return read(fields, true);
    }

    private Optional<Rule> read(Fields fields, boolean people) {
        acceptances.read(fields);
        var conditions = new ArrayList<Condition>();
        var conditionReader = new ConditionReader(reader, faults);
        fields.require("claims", "{ … } with the claims that the caller must have")
                .ifPresent(claims -> conditions.addAll(conditionReader.claims(claims)));
        fields.find("nested").ifPresent(nested -> conditions.addAll(conditionReader.nested(nested)));
        var let = fields.find("let").map(this::let).orElse(Map.of());
        var provider = fields.require("provider", "the name of a provider")
                .flatMap(place -> reader.text(place, MAX_TEXT).flatMap(name -> providers.find(name, place, faults)));
        // A provider whose name is not valid is a fault where it is declared.
        return provider.filter(found -> ProviderName.isValid(found.name()))
                .map(found -> rule(fields, found, conditions, let, people));
    }

    private Rule rule(
            Fields fields,
            Declared.Entry<Profile> provider,
            List<Condition> conditions,
            Map<String, String> let,
            boolean people) {
        var all = new ArrayList<>(conditions);
        if (people) {
            provider.value()
                    .person()
                    .ifPresent(person -> person.approves().forEach((claim, values) -> {
                        if (all.stream().noneMatch(condition -> condition.isOn(claim))) {
                            all.add(new Condition(List.of(claim), false, Values.ofTexts(values)));
                        }
                    }));
        }
        provider.value()
                .defaultEvents()
                .filter(events -> all.stream().noneMatch(condition -> condition.isOn(events.claim())))
                .ifPresent(events ->
                        all.add(new Condition(List.of(events.claim()), false, Values.ofTexts(events.allowed()))));
        // What tells strangers from others is asked first, and named first to those who ask why.
        all.sort(Comparator.comparing(
                condition -> !provider.value().tenantClaims().contains(condition.name())));
        var rule = new Rule(fields.place().pointer(), new ProviderName(provider.name()), provider.value(), all, let);
        var claims = fields.find("claims").orElse(fields.place());
        if (people) {
            checks.checkPeople(rule, conditions, claims);
        } else {
            checks.check(rule, conditions, claims);
        }
        return rule;
    }

    private Map<String, String> let(Place place) {
        var values = new LinkedHashMap<String, String>();
        reader.any(place).forEach((name, value) -> {
            if (!VariableName.isValid(name)) {
                faults.shape(
                        FaultCode.BAD_NAME,
                        value,
                        "a variable's name must be 1 to 64 of letters, digits and . _ / -",
                        "rename it");
            }
            reader.text(value, MAX_TEXT).ifPresent(text -> {
                if (!VariableValue.isValid(text, true)) {
                    faults.error(
                            FaultCode.LET_VALUE,
                            value,
                            "cannot be used in an identifier",
                            "write segments of letters, digits and . _ - joined by /, none of them . or ..");
                }
                values.put(name, text);
            });
        });
        return values;
    }
}
