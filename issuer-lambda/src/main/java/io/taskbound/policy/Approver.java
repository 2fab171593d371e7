// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.identity.ClaimForm;
import io.taskbound.identity.KnownClaim;
import io.taskbound.identity.Person;
import io.taskbound.identity.Profile;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.task.ProviderName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A rule of {@code approvers}: whose ID tokens may approve, and how they name a person.
 *
 * @param rule what the ID token must say
 * @param personClaim the claim that names the person by an immutable id
 * @param knownAs the claims by which the same ID token names that person at other providers
 * @param notKnownAt other providers at which its author accepts that nobody can tell
 */
record Approver(Rule rule, String personClaim, Map<ProviderName, String> knownAs, Set<ProviderName> notKnownAt) {
    /** What people are called, the first that is there. */
    private static final int LONGEST_NAME = 256;

    private static final List<String> NAMES = List.of("preferred_username", "name", "email");

    Approver {
        knownAs = Map.copyOf(knownAs);
        notKnownAt = Set.copyOf(notKnownAt);
    }

    ProviderName provider() {
        return rule.provider();
    }

    /** Whether its ID tokens tell, or need not tell, who the person is at that provider. */
    boolean settles(ProviderName other) {
        return provider().equals(other) || knownAs.containsKey(other) || notKnownAt.contains(other);
    }

    /** Whether one person whom both admit would be seen to be one. */
    boolean isComparable(Approver other) {
        return provider().equals(other.provider())
                ? personClaim.equals(other.personClaim)
                : tells(other.provider()) || other.tells(provider());
    }

    /** Whether its ID tokens tell who the person is at that provider. */
    private boolean tells(ProviderName other) {
        return knownAs.containsKey(other);
    }

    /** Whether the wider one takes everybody that this one does, and for the same person. */
    boolean within(Approver wider) {
        return rule.within(wider.rule)
                && personClaim.equals(wider.personClaim)
                && knownAs.equals(wider.knownAs)
                && notKnownAt.equals(wider.notKnownAt);
    }

    /** All of the rule in one text: two of the same text are the same rule. */
    String whole() {
        return personClaim + " " + new TreeMap<>(named(knownAs)) + " "
                + new TreeSet<>(notKnownAt.stream().map(ProviderName::value).toList()) + "\n" + rule.whole();
    }

    private static Map<String, String> named(Map<ProviderName, String> claims) {
        var named = new LinkedHashMap<String, String>();
        claims.forEach((provider, claim) -> named.put(provider.value(), claim));
        return named;
    }

    /** @param providers of the policy, by their names */
    Member member(String group, Caller caller, Map<ProviderName, Provider> providers) {
        var elsewhere = new LinkedHashMap<String, Optional<Person>>();
        knownAs.forEach((name, claim) -> {
            var provider = providers.get(name);
            if (provider != null) {
                elsewhere.put(
                        provider.issuer(),
                        id(caller.claims(), claim)
                                .filter(id -> isIdAt(provider.profile(), id))
                                .map(id -> new Person(provider.issuer(), id)));
            }
        });
        var person = isMachine(caller)
                ? Optional.<Person>empty()
                : id(caller.claims(), personClaim).map(id -> new Person(caller.issuer(), id));
        return new Member(
                group, caller.provider(), person, elsewhere, name(caller).or(() -> person.map(Person::id)));
    }

    private boolean isMachine(Caller caller) {
        return rule.profile()
                .person()
                .filter(claims -> claims.isMachine(caller.claims()))
                .isPresent();
    }

    /**
     * Whether persons can have such an id there. Where they have numbers, a name is none, and would be nobody's:
     * whoever has it would count as somebody else than he is there.
     */
    private static boolean isIdAt(Profile profile, String id) {
        var form = profile.person()
                .flatMap(person -> profile.claims().find(List.of(person.id())))
                .map(KnownClaim::form);
        boolean padded = form.filter(ClaimForm.ID::equals).isPresent() && id.startsWith("0");
        return form.isEmpty() || (form.get().fits(new JsonString(id)) && !padded);
    }

    private static Optional<String> name(Caller caller) {
        return caller.startedBy()
                .or(() -> NAMES.stream()
                        .map(caller.claims()::string)
                        .flatMap(Optional::stream)
                        .filter(text -> !text.isEmpty())
                        .findFirst())
                .map(name -> name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name);
    }

    private static Optional<String> id(JsonObject claims, String claim) {
        return claims.string(claim)
                .or(() -> claims.wholeNumber(claim).stream()
                        .mapToObj(Long::toString)
                        .findFirst())
                .filter(text -> !text.isEmpty());
    }
}
