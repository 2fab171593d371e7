// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An App in one account.
 *
 * @param repositories names in lower case; empty for all that the account has
 * @param permissions as the account accepted them
 */
record Install(
        long id,
        StandInApp app,
        Account account,
        Optional<Set<String>> repositories,
        Map<String, String> permissions,
        boolean suspended) {
    Install suspended(boolean by) {
        return new Install(id, app, account, repositories, permissions, by);
    }

    Install of(Account renamed) {
        return new Install(id, app, renamed, repositories, permissions, suspended);
    }

    Map<String, Object> json(String origin) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", id);
        json.put("account", account.json());
        json.put("repository_selection", repositories.isPresent() ? "selected" : "all");
        json.put("access_tokens_url", origin + "/app/installations/" + id + "/access_tokens");
        json.put("app_id", app.number());
        json.put("app_slug", "app-" + app.number());
        json.put("target_id", account.id());
        json.put("target_type", account.type());
        json.put("permissions", permissions);
        json.put("events", List.of());
        json.put("suspended_at", suspended ? "2026-11-23T12:00:00Z" : null);
        json.put("suspended_by", suspended ? account.json() : null);
        return json;
    }
}
