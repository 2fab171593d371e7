// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an App asks for with its JWT. */
final class AppEndpoints {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int MOST_REPOSITORIES = 500;

    private final World world;
    private final AppProof proof;

    AppEndpoints(World world) {
        this.world = world;
        this.proof = new AppProof(world);
    }

    Answer app(Asked asked, String origin) {
        var app = proof.check(asked);
        return app.app().isEmpty()
                ? app.refusal()
                : Answer.json(
                        200,
                        app.app()
                                .get()
                                .json(
                                        origin,
                                        Optional.of(world.installsOf(app.app().get())
                                                .size())));
    }

    Answer installations(Asked asked, String origin) {
        var app = proof.check(asked);
        if (app.app().isEmpty()) {
            return app.refusal();
        }
        int size = Math.min(100, number(asked, "per_page", 30));
        long before = (number(asked, "page", 1) - 1L) * size;
        List<Object> page = new ArrayList<>();
        world.installsOf(app.app().get()).stream().skip(before).limit(size).forEach(one -> page.add(one.json(origin)));
        return Answer.json(200, page);
    }

    private static int number(Asked asked, String name, int otherwise) {
        var text = asked.parameters().getOrDefault(name, "");
        return text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : otherwise;
    }

    Answer newToken(Asked asked, String origin, GithubTrouble trouble) {
        var app = proof.check(asked);
        if (app.app().isEmpty()) {
            return app.refusal();
        }
        var install = world.installsOf(app.app().get()).stream()
                .filter(one -> Long.toString(one.id()).equals(asked.segments().get(2)))
                .findFirst();
        if (install.isEmpty()) {
            return Answer.notFound();
        }
        if (install.get().suspended()) {
            return Answer.message(403, "This installation has been suspended");
        }
        return newToken(install.get(), asked.json(), origin, trouble);
    }

    private Answer newToken(Install install, Map<String, Object> wanted, String origin, GithubTrouble trouble) {
        var permissions = permissions(install, wanted.getOrDefault("permissions", ""));
        if (permissions.isEmpty()) {
            return Answer.message(422, "The permissions requested are not granted to this installation.");
        }
        var repositories = repositories(install, wanted.getOrDefault("repositories", ""));
        if (repositories.isEmpty()) {
            return Answer.message(
                    422,
                    "There is at least one repository that does not exist or is not accessible to the parent"
                            + " installation.");
        }
        var token = new MadeToken(install, repositories.get(), permissions.get(), wanted.containsKey("repositories"));
        return token.answer(world, origin, world.clock().instant().plus(LIFE), trouble);
    }

    /** A token without a list of its own has all that the installation has; each may read metadata. */
    private static Optional<Map<String, String>> permissions(Install install, Object wanted) {
        var given = new TreeMap<String, String>();
        if (wanted instanceof Map<?, ?> list && !list.isEmpty()) {
            for (var one : list.entrySet()) {
                var name = String.valueOf(one.getKey());
                var level = String.valueOf(one.getValue());
                if (!reaches(install.permissions().getOrDefault(name, name.equals("metadata") ? "read" : ""), level)) {
                    return Optional.empty();
                }
                given.put(name, level);
            }
        } else {
            given.putAll(install.permissions());
        }
        given.putIfAbsent("metadata", "read");
        return Optional.of(given);
    }

    private static boolean reaches(String has, String wanted) {
        var levels = List.of("read", "write", "admin");
        return levels.contains(wanted) && levels.indexOf(has) >= levels.indexOf(wanted);
    }

    private Optional<List<Repository>> repositories(Install install, Object wanted) {
        var all = world.repositoriesOf(install);
        if (!(wanted instanceof List<?> names) || names.isEmpty()) {
            return Optional.of(all);
        }
        if (names.size() > MOST_REPOSITORIES) {
            return Optional.empty();
        }
        var found = new LinkedHashMap<String, Repository>();
        for (var name : names) {
            var repository = all.stream()
                    .filter(one -> one.name().equalsIgnoreCase(String.valueOf(name)))
                    .findFirst();
            if (repository.isEmpty()) {
                return Optional.empty();
            }
            found.put(repository.get().name().toLowerCase(Locale.ROOT), repository.get());
        }
        return Optional.of(List.copyOf(found.values()));
    }
}
