// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.identity.Verification.Rejected;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.task.ProviderName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one kind of CI system: which of its claims can be trusted for what. Pure data, read from
 * {@code profiles/<name>.json} next to this class by {@link Profiles}. A new system needs a file, not code:
 * CONTRIBUTING.md, "Add a CI provider". The file's member {@code refusal} is for the clients, which find the same file
 * in their own jar or bundle: how they know such an ID token, and which claims they show and propose when it is
 * refused.
 */
public final class Profile {
    /** As a number of segments: the whole claim is the owner's name. */
    public static final int ALL_SEGMENTS = Integer.MAX_VALUE;

    private final String name;
    private final Rules rules;
    private final CallerReading reading;
    private @Nullable Lint lint;

    Profile(String name, Rules rules, CallerReading reading) {
        this.name = name;
        this.rules = rules;
        this.reading = reading;
    }

    /** The part of a profile that the policy is checked against. */
    record Rules(
            Duration maxAge,
            KnownClaims claims,
            boolean discreteClaims,
            List<String> tenantClaims,
            Optional<ProjectClaim> project,
            Map<String, OwnableClaim> ownable,
            Map<String, Integer> ownerSegments,
            Optional<DefaultEvents> defaultEvents,
            boolean audienceCarriesTxn,
            Map<String, JsonValue> refused,
            Map<String, String> same,
            Optional<PersonClaims> person,
            JsonObject lint) {}

    public String name() {
        return name;
    }

    /** How old an ID token may be when the policy says nothing. */
    public Duration maxAge() {
        return rules.maxAge();
    }

    /** The claims that its ID tokens have, and of which type each is. */
    public KnownClaims claims() {
        return rules.claims();
    }

    /** True when single claims tell what {@code sub} tells: then a glob on {@code sub} is an error. */
    public boolean discreteClaims() {
        return rules.discreteClaims();
    }

    /** A rule must bind at least one of these by an exact value. */
    public List<String> tenantClaims() {
        return rules.tenantClaims();
    }

    public Optional<ProjectClaim> project() {
        return rules.project();
    }

    /** The claims that a rule may write into an identifier, by name. */
    public Map<String, OwnableClaim> ownable() {
        return rules.ownable();
    }

    /**
     * How many of a claim's first segments, between {@code /}, name an owner, which anybody can register: 0 for most
     * claims, {@link #ALL_SEGMENTS} where the owner is all that the claim names.
     */
    public int ownerSegments(String claim) {
        return rules.ownerSegments().getOrDefault(claim, 0);
    }

    public Optional<DefaultEvents> defaultEvents() {
        return rules.defaultEvents();
    }

    /** True when {@code <audience>#<txn>} is as good as the audience: for systems whose ID tokens have no id. */
    public boolean audienceCarriesTxn() {
        return rules.audienceCarriesTxn();
    }

    /** Claims, nested ones with {@code |} between the names, and the value that no ID token may have there. */
    public Map<String, JsonValue> refused() {
        return rules.refused();
    }

    /** How its ID tokens name the person who started the run; empty where they do not. */
    public Optional<PersonClaims> person() {
        return rules.person();
    }

    /** Whether one subject may be written in several ways, which other claims tell. */
    public boolean respellsSubjects() {
        return reading.subjectForms() != SubjectForms.AS_PRESENTED;
    }

    /** Whether its ID tokens name the run; otherwise each of them counts as a run of its own. */
    public boolean knowsRuns() {
        return !reading.run().isEmpty();
    }

    /** What only those need who write rules; read when it is asked for, which no decision does. */
    public synchronized Lint lint() {
        if (lint == null) {
            lint = Lint.read(rules.lint());
        }
        return lint;
    }

    /**
     * Every name that an ID token with these claims could give to its run: which one it does depends on the claims that
     * it has, and whoever reads the run off something else than an ID token does not know that.
     */
    public List<String> runs(JsonObject claims) {
        return reading.runs(claims);
    }

    /** The subject by immutable ids that an ID token with these claims has; empty where they do not tell. */
    public Optional<String> stableSubject(JsonObject claims) {
        return reading.stableSubject(claims);
    }

    /** The name of the job that holds an ID token with these claims; empty where they do not tell. */
    public Optional<String> job(JsonObject claims) {
        return reading.job(claims);
    }

    Optional<Rejected> rejection(JsonObject claims) {
        return refusedValue(claims).or(() -> disagreement(claims));
    }

    /** Claims that are the same in every run of the project's own code. */
    private Optional<Rejected> disagreement(JsonObject claims) {
        for (var same : rules.same().entrySet()) {
            if (claims.has(same.getKey()) && differ(claims, same.getKey(), same.getValue())) {
                return Optional.of(Rejected.of(
                        Rejection.REFUSED_BY_PROFILE, "claim " + same.getKey() + " is not " + same.getValue()));
            }
        }
        return Optional.empty();
    }

    private static boolean differ(JsonObject claims, String name, String other) {
        var text = ClaimPath.parse(name).textIn(claims);
        return text.isEmpty() || !text.equals(ClaimPath.parse(other).textIn(claims));
    }

    private Optional<Rejected> refusedValue(JsonObject claims) {
        for (var refused : refused().entrySet()) {
            if (has(claims, refused.getKey(), refused.getValue())) {
                return Optional.of(Rejected.of(Rejection.REFUSED_BY_PROFILE, "claim " + refused.getKey()));
            }
        }
        return Optional.empty();
    }

    /** Also as a string: a provider that starts to write {@code "true"} must not thereby be let in. */
    private static boolean has(JsonObject claims, String path, JsonValue value) {
        var found = ClaimPath.parse(path).in(claims);
        return found.isPresent()
                && (found.get().equals(value) || found.get().equals(new JsonString(JsonText.of(value))));
    }

    /**
     * What the claims say about the caller. Proves nothing by itself: for unverified claims it is what they would say.
     *
     * @param proofKey names the run where the system's claims don't, see {@link Caller#run()}
     * @throws IllegalArgumentException when the claims have no {@code sub}
     */
    public Caller describe(ProviderName provider, String issuer, JsonObject claims, String proofKey) {
        return reading.read(provider, name, issuer, claims, proofKey);
    }

    @Override
    public String toString() {
        return name;
    }

    /** A name stands for one file of this jar, so equal names are equal profiles. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Profile profile && profile.name().equals(name());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }
}
