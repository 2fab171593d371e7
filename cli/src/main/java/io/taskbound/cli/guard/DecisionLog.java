// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import io.taskbound.cli.rules.MappedUse;
import io.taskbound.cli.rules.RequestTarget;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.client.ActiveToken;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One line of JSON for each decision: never a token, a query or a header field. A path has no longer segment than a
 * SHA-256 has digits, so that a token that somebody put there does not show.
 */
final class DecisionLog implements Decisions {
    private static final int LONGEST_SEGMENT = 64;

    private final Consumer<String> lines;
    private final Clock clock;

    DecisionLog(Consumer<String> lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public void add(Decision decision, Duration took) {
        var line = new LinkedHashMap<String, JsonValue>();
        text(
                line,
                "time",
                Optional.of(clock.instant().truncatedTo(ChronoUnit.MILLIS).toString()));
        text(line, "event", Optional.of("guard"));
        text(line, "result", Optional.of(decision.result()));
        line.put("status", JsonNumber.of(decision.status()));
        text(line, "reason", Optional.of(decision.reason()));
        text(line, "method", decision.target().map(RequestTarget::method));
        text(line, "path", decision.target().map(DecisionLog::path));
        text(line, "rule", decision.use().map(MappedUse::rule));
        text(line, "action", decision.use().map(MappedUse::action));
        text(line, "identifier", decision.use().map(MappedUse::identifier).map(DecisionLog::withoutLongParts));
        text(line, "jti", decision.token().map(ActiveToken::handle));
        text(line, "sub", decision.token().map(ActiveToken::subject));
        text(line, "detail", decision.operator());
        line.put("ms", JsonNumber.of(took.toMillis()));
        lines.accept(JsonLine.of(new JsonObject(line)));
    }

    private static String path(RequestTarget target) {
        return withoutLongParts(target.path());
    }

    private static String withoutLongParts(String text) {
        return text.replaceAll("[^/:@]{" + (LONGEST_SEGMENT + 1) + ",}", "...");
    }

    private static void text(LinkedHashMap<String, JsonValue> line, String name, Optional<String> value) {
        value.ifPresent(text -> line.put(name, new JsonString(Printable.of(text))));
    }
}
