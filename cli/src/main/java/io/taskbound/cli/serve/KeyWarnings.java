// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the audit lines and tells the operator, once each, why no token of a provider can be accepted: the callers are
 * not told. What was said last of a provider is not said again.
 */
final class KeyWarnings implements Consumer<String> {
    private static final Set<String> KEYS = Set.of("provider_keys_unavailable", "unknown_key");
    private static final Set<String> TOKENS = Set.of("unknown_issuer", "wrong_audience");
    private static final int MOST_REMEMBERED = 100;

    private final Consumer<String> warn;
    private final Map<String, String> last = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    KeyWarnings(Consumer<String> warn) {
        this.warn = warn;
    }

    @Override
    public void accept(String auditLine) {
        try {
            warning(StrictJson.parseObject(auditLine.getBytes(StandardCharsets.UTF_8)))
                    .ifPresent(this::say);
        } catch (MalformedJson notAnAuditLine) {
            // Whoever writes the log has it as it is.
            return;
        }
    }

    /** What the warning is about, and what it says. */
    private record Warning(String subject, String text) {}

    private static Optional<Warning> warning(JsonObject line) {
        var reason = line.string("reason").orElse("");
        var detail = line.string("detail");
        var provider = line.string("provider").orElse("");
        if (KEYS.contains(reason)) {
            return detail.map(why ->
                    new Warning(provider, "taskbound: the keys of provider " + provider + " cannot be used: " + why));
        }
        if (line.has("keys_stale")) {
            return detail.map(why -> new Warning(
                    provider,
                    "taskbound: the keys of provider " + provider
                            + " cannot be fetched again, and the old ones are used for an hour at most: " + why));
        }
        return TOKENS.contains(reason)
                ? detail.map(why -> new Warning(why, "taskbound: an ID token was refused: " + why))
                : Optional.empty();
    }

    private void say(Warning warning) {
        if (!warning.text().equals(last.put(warning.subject(), warning.text()))) {
            warn.accept(Printable.of(warning.text()));
        }
    }
}
