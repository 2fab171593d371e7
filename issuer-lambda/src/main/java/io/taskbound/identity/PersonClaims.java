// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * How the ID tokens of one kind of CI system name the person who started the run.
 *
 * @param id the claim with the person's immutable id
 * @param name the claim with a name for people to read
 * @param only claims, and the values under which {@code id} is who started the run and not somebody else
 * @param approves claims that an approver's ID token must have unless a rule names them: what a person starts by hand
 * @param machines forms of {@code name} where it is a machine's; {@code *} stands for any text
 */
public record PersonClaims(
        String id,
        String name,
        Map<String, List<String>> only,
        Map<String, List<String>> approves,
        List<String> machines) {
    public PersonClaims {
        only = Map.copyOf(only);
        approves = Map.copyOf(approves);
        machines = List.copyOf(machines);
    }

    Starter starter(String issuer, JsonObject claims) {
        if (isMachine(claims)) {
            return new Starter.Machine();
        }
        return claims.string(id)
                .filter(text -> !text.isEmpty() && only.entrySet().stream().allMatch(entry -> holds(entry, claims)))
                .<Starter>map(text -> new Starter.Named(new Person(issuer, text)))
                .orElseGet(Starter.Hidden::new);
    }

    private static boolean holds(Map.Entry<String, List<String>> entry, JsonObject claims) {
        return claims.string(entry.getKey()).filter(entry.getValue()::contains).isPresent();
    }

    /** Whether the name is that of a machine, which can start a run but not make up its mind. */
    public boolean isMachine(JsonObject claims) {
        return claims.string(name)
                .filter(text -> machines.stream().anyMatch(form -> fits(form, text)))
                .isPresent();
    }

    private static boolean fits(String form, String text) {
        var parts = form.split("\\*", -1);
        if (!text.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        var last = parts[parts.length - 1];
        return text.length() - last.length() >= at && text.endsWith(last);
    }
}
