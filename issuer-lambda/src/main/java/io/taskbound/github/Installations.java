// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.GithubAccess;
import io.taskbound.json.JsonArray;
import io.taskbound.outbound.Deadline;
import io.taskbound.outbound.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds an App's installation by the immutable id of its owner, never by a name that somebody else may have taken. What
 * was found is used for 10 min. Safe for use by many threads.
 */
final class Installations {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int PAGE = 100;
    private static final int MAX_PAGES = 20;

    private final GithubApi api;
    private final AppJwts jwts;
    private final Map<Owner, Kept> found = new ConcurrentHashMap<>();

    private record Owner(URI api, String appId, String id) {
        static Owner of(GithubAccess access) {
            return new Owner(access.app().apiUrl(), access.app().appId(), access.ownerId());
        }
    }

    private record Kept(Installation installation, Instant read) {
        /** A clock that was set back must not make it last longer. */
        boolean isFresh(Instant now) {
            return !now.isBefore(read) && now.isBefore(read.plus(KEPT));
        }
    }

    Installations(GithubApi api, AppJwts jwts) {
        this.api = api;
        this.jwts = jwts;
    }

    Installation find(GithubAccess access, Instant now, Deadline deadline)
            throws CredentialRefused, CredentialUnavailable {
        var owner = Owner.of(access);
        found.values().removeIf(kept -> !kept.isFresh(now));
        var known = Optional.ofNullable(found.get(owner));
        if (known.isPresent()) {
            return known.get().installation();
        }
        var installation = ask(access, now, deadline);
        if (installation.suspended()) {
            throw Answers.suspended(access.owner(), "installations: suspended");
        }
        if (!installation.login().equalsIgnoreCase(access.owner())) {
            // Whoever has the old name by now would be trusted by the step, which goes by names.
            throw new CredentialRefused(
                    "The owner that the policy calls " + access.owner() + " has another name at GitHub now; whoever"
                            + " writes the policy changes owners and identifiers.",
                    "installations: the owner " + access.ownerId() + " is no longer " + access.owner());
        }
        found.put(owner, new Kept(installation, now));
        return installation;
    }

    void forget(GithubAccess access) {
        found.remove(Owner.of(access));
    }

    private Installation ask(GithubAccess access, Instant now, Deadline deadline)
            throws CredentialRefused, CredentialUnavailable {
        for (int page = 1; page <= MAX_PAGES; page++) {
            var reply = api.list(
                    access.app().apiUrl(),
                    "/app/installations?per_page=" + PAGE + "&page=" + page,
                    jwts.of(access.app().appId(), now),
                    deadline);
            var items = items(reply, access, now);
            var installation = items.items().stream()
                    .flatMap(item -> Installation.read(item).stream())
                    .filter(one -> one.accountId().equals(access.ownerId()))
                    .findFirst();
            if (installation.isPresent()) {
                return installation.get();
            }
            if (items.items().size() < PAGE) {
                throw Answers.notInstalled(access.owner(), "installations: none of owner " + access.ownerId());
            }
        }
        throw new CredentialUnavailable(
                "installations: none of owner " + access.ownerId() + " among the first " + PAGE * MAX_PAGES,
                false,
                Optional.empty());
    }

    private JsonArray items(Reply reply, GithubAccess access, Instant now)
            throws CredentialRefused, CredentialUnavailable {
        if (Answers.isRateLimited(reply)) {
            throw Answers.rateLimited("installations", reply, now);
        }
        if (Answers.refusesTheApp(reply)) {
            jwts.forget(access.app().appId());
            throw Answers.notTheApp("installations");
        }
        if (reply.status() == 404 && reply.json().isPresent()) {
            throw Answers.noSuchApp("installations");
        }
        if (reply.status() == 200
                && reply.json().filter(JsonArray.class::isInstance).isPresent()) {
            return (JsonArray) reply.json().get();
        }
        throw new CredentialUnavailable(
                "installations: " + reply.status() + (reply.status() == 200 ? ", not a JSON array" : ""),
                false,
                Optional.empty());
    }
}
