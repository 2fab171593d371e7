// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Profile;
import io.taskbound.task.ProviderName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code approvers}: groups of people, each a list of rules that say whose ID tokens are theirs. */
final class ApproversReader {
    static final String PERSON = "person";
    static final String KNOWN_AS = "known_as";
    static final String NOT_KNOWN_AT = "not_known_at";

    /** OpenID Connect Core section 5.7: none of them names a person uniquely and permanently. */
    private static final Set<String> CHANGING = Set.of(
            "name", "given_name", "family_name", "nickname", "preferred_username", "email", "phone_number", "upn");

    private static final int MAX_RULES = 100;
    private static final int MAX_CLAIM = 256;
    private static final int MAX_PROVIDERS = 20;

    private final DocumentReader reader;
    private final Faults faults;
    private final Declared<Profile> providers;
    private final RuleReader rules;

    ApproversReader(DocumentReader reader, Faults faults, Declared<Profile> providers, RuleReader rules) {
        this.reader = reader;
        this.faults = faults;
        this.providers = providers;
        this.rules = rules;
    }

    List<Approver> group(Place place) {
        var group = new ArrayList<Approver>();
        reader.items(place, 1, MAX_RULES).forEach(item -> approver(item).ifPresent(group::add));
        return group;
    }

    private Optional<Approver> approver(Place place) {
        return reader.fields(place, "provider", PERSON, KNOWN_AS, NOT_KNOWN_AT, "claims", "nested", "accept")
                .flatMap(this::approver);
    }

    private Optional<Approver> approver(Fields fields) {
        var rule = rules.readPeople(fields);
        var known = fields.find(KNOWN_AS).map(this::knownAs).orElse(Map.of());
        var unknown = fields.find(NOT_KNOWN_AT).map(this::notKnownAt).orElse(Set.of());
        var person = fields.require(PERSON, "the claim that names the person by an immutable id")
                .flatMap(place -> reader.text(place, MAX_CLAIM).filter(claim -> fits(place, claim, rule)));
        return rule.flatMap(who -> person.map(claim -> new Approver(who, claim, known, unknown)));
    }

    /** Where the profile knows how its ID tokens name a person, no other claim does. */
    private boolean fits(Place place, String claim, Optional<Rule> rule) {
        var profile = rule.map(Rule::profile);
        var names = profile.flatMap(Profile::person);
        if (profile.isPresent() && names.isEmpty() && profile.get().knowsRuns()) {
            faults.error(
                    FaultCode.APPROVER_PERSON,
                    place,
                    "ID tokens of " + rule.get().provider() + " name no person",
                    "let people approve by a provider whose ID tokens do, such as your identity provider");
            return false;
        }
        if (names.filter(known -> !known.id().equals(claim)).isPresent()) {
            faults.error(
                    FaultCode.APPROVER_PERSON,
                    place,
                    Shown.text(claim) + " does not name a person permanently",
                    "write person: " + names.get().id());
            return false;
        }
        if (CHANGING.contains(claim)) {
            faults.error(
                    FaultCode.APPROVER_PERSON,
                    place,
                    Shown.text(claim) + " does not name a person permanently: people change it, and others can get it",
                    "write person: sub, or another claim with an id that is never given to another");
            return false;
        }
        return true;
    }

    private Map<ProviderName, String> knownAs(Place place) {
        var claims = new LinkedHashMap<ProviderName, String>();
        reader.any(place)
                .forEach((name, entry) -> reader.text(entry, MAX_CLAIM)
                        .ifPresent(claim -> provider(name, entry).ifPresent(provider -> claims.put(provider, claim))));
        return claims;
    }

    private Set<ProviderName> notKnownAt(Place place) {
        var names = new LinkedHashSet<ProviderName>();
        reader.items(place, 1, MAX_PROVIDERS)
                .forEach(item -> reader.text(item, MAX_CLAIM)
                        .flatMap(name -> provider(name, item))
                        .ifPresent(names::add));
        return names;
    }

    private Optional<ProviderName> provider(String name, Place place) {
        return providers
                .find(name, place, faults)
                .filter(found -> ProviderName.isValid(found.name()))
                .map(found -> new ProviderName(found.name()));
    }
}
