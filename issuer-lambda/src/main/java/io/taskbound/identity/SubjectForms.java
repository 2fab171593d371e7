// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Which spellings of {@code sub} mean the same caller. */
enum SubjectForms {
    AS_PRESENTED,
    /**
     * GitHub writes {@code repo:acme/shop:…} or, for repositories made or renamed since July 2026,
     * {@code repo:acme@1001/shop@2002:…}. Either is the other when the discrete claims agree with it (threat model
     * R21).
     */
    GITHUB;

    private static final ClaimPath OWNER_ID = ClaimPath.parse("repository_owner_id");
    private static final ClaimPath REPOSITORY_ID = ClaimPath.parse("repository_id");

    static SubjectForms named(String name) {
        if (name.equals("github")) {
            return GITHUB;
        }
        throw new IllegalArgumentException("unknown subject forms: " + name);
    }

    Set<String> of(String subject, JsonObject claims) {
        return switch (this) {
            case AS_PRESENTED -> Set.of(subject);
            case GITHUB -> gitHub(subject, claims);
        };
    }

    private static Set<String> gitHub(String subject, JsonObject claims) {
        var names = claims.string("repository").map(repository -> "repo:" + repository + ":");
        var ids = idForm(claims);
        var forms = new LinkedHashSet<>(Set.of(subject));
        if (names.isPresent() && ids.isPresent()) {
            rewritten(subject, names.get(), ids.get()).ifPresent(forms::add);
            rewritten(subject, ids.get(), names.get()).ifPresent(forms::add);
        }
        return Set.copyOf(forms);
    }

    private static Optional<String> rewritten(String subject, String from, String to) {
        return subject.startsWith(from) ? Optional.of(to + subject.substring(from.length())) : Optional.empty();
    }

    private static Optional<String> idForm(JsonObject claims) {
        var repository = claims.string("repository").orElse("");
        int slash = repository.indexOf('/');
        var owner = OWNER_ID.textIn(claims);
        var id = REPOSITORY_ID.textIn(claims);
        if (slash < 0 || owner.isEmpty() || id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("repo:" + repository.substring(0, slash) + "@" + owner.get() + repository.substring(slash)
                + "@" + id.get() + ":");
    }
}
