// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A new token as GitHub answers it, or as it would if it went wrong.
 *
 * @param selected whether repositories were asked for
 */
record MadeToken(Install install, List<Repository> repositories, Map<String, String> permissions, boolean selected) {

    Answer answer(World world, String origin, Instant expires, GithubTrouble trouble) {
        var has = new ArrayList<>(repositories);
        var may = new TreeMap<>(permissions);
        var until = expires;
        switch (trouble) {
            case MORE_PERMISSIONS -> may.put("administration", "write");
            case MORE_REPOSITORIES ->
                world.repositoriesOf(install).stream()
                        .filter(one -> !has.contains(one))
                        .findFirst()
                        .ifPresent(has::add);
            case FOREIGN_OWNER ->
                has.replaceAll(one ->
                        new Repository(one.id(), new Account(one.owner().login(), 6666, "Organization"), one.name()));
            case LIVES_LONG -> until = expires.plus(Duration.ofDays(1));
            default -> {}
        }
        var value = world.keep(new LiveToken(install, List.copyOf(has), may, until));
        var json = new LinkedHashMap<String, Object>();
        json.put(
                "token",
                trouble == GithubTrouble.LINE_BREAK_IN_TOKEN
                        ? value.substring(0, 12) + "\r\n" + value.substring(12)
                        : value);
        json.put("expires_at", until.toString().replaceFirst("\\.[0-9]+Z", "Z"));
        json.put("permissions", may);
        boolean all = !selected || trouble == GithubTrouble.ALL_REPOSITORIES;
        json.put("repository_selection", all ? install.repositories().isPresent() ? "selected" : "all" : "selected");
        if (!all) {
            json.put("repositories", has.stream().map(one -> one.json(origin)).toList());
        }
        return Answer.json(201, json);
    }
}
