// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.internal.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a refusal says about the callers of one kind of CI system, as the member {@code refusal} of its profile has it:
 * the very file that the issuer reads.
 *
 * @param name how people call such a provider in a policy; empty for the profile that fits every caller
 * @param marks claims that together tell this system's ID tokens from those of others
 * @param subject what {@code sub} looks like there, if that tells them
 * @param shown claims that describe the run
 * @param bind claims of the proposed rule, the tenant first
 * @param without of these, those that are bound only where another claim is absent: a name where there is no id
 * @param value of these, those that are bound only with this value
 * @param notes what to say above some of them
 * @param ignoresCase names that the system compares without regard to case, while a rule matches one spelling
 * @param tenants of these, those that identify the customer: a rule must bind one
 */
record CallerProfile(
        Optional<String> name,
        List<String> marks,
        Optional<Pattern> subject,
        List<String> shown,
        List<String> bind,
        Map<String, String> without,
        Map<String, String> value,
        Map<String, String> notes,
        List<String> ignoresCase,
        List<String> tenants,
        Optional<DefaultEvents> defaultEvents) {

    /** Events that the issuer lets in without being named in a rule, and the claim that tells them. */
    private record DefaultEvents(String claim, List<String> allowed) {}

    /** Empty for a system of which a refusal says what it says of any other. */
    static Optional<CallerProfile> read(JsonObject profile) {
        return profile.object("refusal").map(refusal -> read(profile, refusal));
    }

    private static CallerProfile read(JsonObject profile, JsonObject refusal) {
        Optional<JsonObject> recognisedBy = refusal.object("recognised_by");
        return new CallerProfile(
                recognisedBy.flatMap(unused -> profile.text("name")),
                recognisedBy.map(marks -> texts(marks, "claims")).orElse(List.of()),
                recognisedBy.flatMap(marks -> marks.text("sub")).map(Pattern::compile),
                texts(refusal, "shown"),
                texts(refusal, "bind"),
                textsByName(refusal, "bind_without"),
                textsByName(refusal, "bind_value"),
                textsByName(refusal, "bind_notes"),
                refusal.texts("ignores_case").orElse(List.of()),
                texts(refusal, "bind").stream()
                        .filter(texts(profile, "tenant_claims")::contains)
                        .toList(),
                profile.object("default_events")
                        .map(events ->
                                new DefaultEvents(events.text("claim").orElseThrow(), texts(events, "allowed"))));
    }

    private static List<String> texts(JsonObject object, String name) {
        return object.texts(name).orElseThrow();
    }

    private static Map<String, String> textsByName(JsonObject object, String name) {
        return object.object(name).map(JsonObject::textMembers).orElse(Map.of());
    }

    /** The claims that the proposed rule for this caller binds, if it has them. */
    List<String> bound(UnverifiedClaims claims) {
        return bind.stream()
                .filter(name -> !without.containsKey(name) || !claims.hasText(without.get(name)))
                .filter(name -> !value.containsKey(name) || claims.raw(name).equals(Optional.of(value.get(name))))
                .toList();
    }

    boolean fits(UnverifiedClaims claims) {
        return marks.stream().allMatch(claims::has)
                && subject.map(form -> claims.raw("sub")
                                .filter(form.asMatchPredicate())
                                .isPresent())
                        .orElse(true);
    }

    /** The claim with the event, where a rule admits this run only if it names that, which deserves a second look. */
    Optional<String> eventToName(UnverifiedClaims claims) {
        return defaultEvents
                .filter(events -> claims.raw(events.claim())
                        .filter(event -> !events.allowed().contains(event))
                        .isPresent())
                .map(DefaultEvents::claim);
    }
}
