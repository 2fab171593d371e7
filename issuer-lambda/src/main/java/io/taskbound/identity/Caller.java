// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import io.taskbound.task.ProviderName;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a profile reads from claims. This is NOT verified; {@link Identity} is. It is also made for {@code policy
 * explain} from claims that nobody signed. Made by {@link Profile#describe}.
 */
public final class Caller {
    private final ProviderName provider;
    private final String profile;
    private final String issuer;
    private final String subject;
    private final Set<String> subjects;
    private final String stableSubject;
    private final JsonObject claims;
    private final String run;
    private final Optional<String> job;
    private final Optional<String> projectName;
    private final Optional<String> projectId;
    private final Optional<String> startedBy;
    private final Optional<String> link;
    private final Starter starter;

    Caller(
            ProviderName provider,
            String profile,
            String issuer,
            String subject,
            Set<String> subjects,
            String stableSubject,
            JsonObject claims,
            String run,
            Optional<String> job,
            Optional<String> projectName,
            Optional<String> projectId,
            Optional<String> startedBy,
            Optional<String> link,
            Starter starter) {
        this.provider = provider;
        this.profile = profile;
        this.issuer = issuer;
        this.subject = subject;
        this.subjects = Set.copyOf(subjects);
        this.stableSubject = stableSubject;
        this.claims = claims;
        this.run = run;
        this.job = job;
        this.projectName = projectName;
        this.projectId = projectId;
        this.startedBy = startedBy;
        this.link = link;
        this.starter = starter;
    }

    public ProviderName provider() {
        return provider;
    }

    /** The name of the profile that read the claims. */
    public String profile() {
        return profile;
    }

    public String issuer() {
        return issuer;
    }

    /** {@code sub} as presented. */
    public String subject() {
        return subject;
    }

    /** Every equivalent spelling of {@code sub}, the presented one among them. */
    public Set<String> subjects() {
        return subjects;
    }

    /** The caller by ids that are never given to another, such as {@code repo:1001/2002}; else {@code sub}. */
    public String stableSubject() {
        return stableSubject;
    }

    public JsonObject claims() {
        return claims;
    }

    /**
     * Names the run within the issuer. Without run claims the ID token itself is the run: {@code proof:} and its key.
     */
    public String run() {
        return run;
    }

    /** The part of the run that holds the ID token, where the system tells. */
    public Optional<String> job() {
        return job;
    }

    /** {@code acme/shop}: for people, and for {@code ${project}} in a rule that binds its id. */
    public Optional<String> projectName() {
        return projectName;
    }

    public Optional<String> projectId() {
        return projectId;
    }

    public Optional<String> startedBy() {
        return startedBy;
    }

    /** The person who started the run, by an immutable id. */
    public Starter starter() {
        return starter;
    }

    /** The web page of the run. */
    public Optional<String> link() {
        return link;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Caller caller
                && provider.equals(caller.provider)
                && profile.equals(caller.profile)
                && issuer.equals(caller.issuer)
                && run.equals(caller.run)
                && claims.equals(caller.claims);
    }

    @Override
    public int hashCode() {
        return Objects.hash(provider, profile, issuer, run, claims);
    }

    @Override
    public String toString() {
        return "Caller[" + provider + " " + stableSubject + " run " + run + "]";
    }
}
