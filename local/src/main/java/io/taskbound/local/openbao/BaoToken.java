// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.openbao;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A client token and what it was made with.
 *
 * @param accessor empty for a batch token
 * @param longest zero where renewing has no end
 * @param mountAccessor of the auth method, and the alias there; both empty for the root token
 */
record BaoToken(
        String id,
        String accessor,
        List<String> policies,
        Instant made,
        Duration life,
        Duration longest,
        Instant ends,
        String mountAccessor,
        String alias,
        Map<String, String> metadata) {
    BaoToken {
        policies = List.copyOf(policies);
        metadata = Map.copyOf(metadata);
    }

    boolean isBatch() {
        return accessor.isEmpty();
    }

    BaoToken renewed(Instant now) {
        var end = now.plus(life);
        var last = longest.isZero() ? end : made.plus(longest);
        return new BaoToken(
                id,
                accessor,
                policies,
                made,
                life,
                longest,
                end.isAfter(last) ? last : end,
                mountAccessor,
                alias,
                metadata);
    }

    Map<String, Object> about(Instant now) {
        var about = new LinkedHashMap<String, Object>();
        about.put("accessor", accessor);
        about.put("creation_time", made.getEpochSecond());
        about.put("creation_ttl", life.toSeconds());
        about.put("display_name", alias);
        about.put("expire_time", ends.toString());
        about.put("explicit_max_ttl", longest.toSeconds());
        about.put("issue_time", made.toString());
        about.put("meta", metadata);
        about.put("num_uses", 0);
        about.put("orphan", true);
        about.put("path", "auth/jwt/login");
        about.put("policies", policies);
        about.put("renewable", !isBatch());
        about.put("ttl", Duration.between(now, ends).toSeconds());
        about.put("type", isBatch() ? "batch" : "service");
        return about;
    }

    Map<String, Object> auth(Instant now) {
        var auth = new LinkedHashMap<String, Object>();
        auth.put("client_token", id);
        auth.put("accessor", accessor);
        auth.put("policies", policies);
        auth.put("token_policies", policies);
        auth.put("metadata", metadata);
        auth.put("lease_duration", Duration.between(now, ends).toSeconds());
        auth.put("renewable", !isBatch());
        auth.put("entity_id", UUID.nameUUIDFromBytes(alias.getBytes(UTF_8)).toString());
        auth.put("token_type", isBatch() ? "batch" : "service");
        auth.put("orphan", true);
        auth.put("num_uses", 0);
        return auth;
    }

    @Override
    public String toString() {
        return "BaoToken";
    }
}
