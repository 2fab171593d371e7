// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Person;
import io.taskbound.task.ProviderName;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A proven caller who may approve, as far as the policy's groups say; who asked for what is approved is not looked at
 * here. Only {@link Policy#approver} makes it, from a verified identity.
 *
 * @param group the group of {@code approvers}
 * @param provider that vouches for the person
 * @param person who it is; empty for a machine, and where the ID token does not say
 * @param elsewhere by issuer, who the same person is there; empty where the ID token should say and does not
 * @param name for people to read
 */
public record Member(
        String group,
        ProviderName provider,
        Optional<Person> person,
        Map<String, Optional<Person>> elsewhere,
        Optional<String> name) {
    public Member {
        elsewhere = Map.copyOf(elsewhere);
    }

    /** Whether nobody can tell if this is the person: the ID token should say who it is at that issuer. */
    public boolean cannotTell(Person other) {
        return elsewhere.containsKey(other.issuer())
                && elsewhere.get(other.issuer()).isEmpty();
    }

    /** Whether the ID token should say who this is at another provider, and does not. */
    public boolean isUnlinked() {
        return elsewhere.values().stream().anyMatch(Optional::isEmpty);
    }

    /** Everybody that this is known to be. */
    public Set<Person> people() {
        var people = new LinkedHashSet<Person>();
        person.ifPresent(people::add);
        elsewhere.values().forEach(known -> known.ifPresent(people::add));
        return people;
    }
}
