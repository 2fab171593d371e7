// SPDX-License-Identifier: Apache-2.0
package io.taskbound.approval;

import io.taskbound.identity.Person;
import io.taskbound.task.ProviderName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * What one person decided.
 *
 * @param approved or denied
 * @param group of the policy's approvers, as whose member
 * @param provider that vouches for the person
 * @param person who it was
 * @param people everybody that this person is known to be, this one among them
 * @param name for people to read
 * @param textHash of the text that was shown
 * @param comment what the person wrote
 */
public record Decision(
        boolean approved,
        Instant at,
        String group,
        ProviderName provider,
        Person person,
        Set<Person> people,
        String name,
        String textHash,
        Optional<String> comment) {
    public Decision {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        people = Set.copyOf(people);
    }

    /** As the wire and the log say it. */
    public String word() {
        return approved ? "approve" : "deny";
    }
}
