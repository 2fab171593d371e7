// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.gateway;

import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is known of one call, and how it ended: a line of the gateway's log. It never holds a token. */
final class Decision {
    private final Clock clock;
    private final Instant began;
    private Optional<String> handle = Optional.empty();
    private Optional<String> tool = Optional.empty();
    private Optional<String> action = Optional.empty();
    private Optional<String> identifier = Optional.empty();
    private String outcome = "refused";
    private String reason = "";

    Decision(Clock clock) {
        this.clock = clock;
        this.began = clock.instant();
    }

    /** The token's, by its own word until the issuer has been asked. */
    void handle(String value) {
        handle = Optional.of(value);
    }

    /** One of the map: what else a caller writes is not repeated. */
    void tool(String name) {
        tool = Optional.of(name);
    }

    void target(String ofAction, String onIdentifier) {
        action = Optional.of(ofAction);
        identifier = Optional.of(onIdentifier);
    }

    void refused(String why) {
        outcome = "refused";
        reason = why;
    }

    /** The use was counted, and the server was asked. */
    void allowed() {
        outcome = "allowed";
        reason = "";
    }

    /** If a use was counted before, it stays counted. */
    void failed() {
        reason = "server_unavailable";
    }

    String line() {
        var now = clock.instant();
        var line = JsonObject.builder()
                .put("time", now.toString())
                .put("event", "mcp_call")
                .putIfPresent("handle", handle)
                .putIfPresent("tool", tool)
                .putIfPresent("action", action)
                .putIfPresent("identifier", identifier)
                .put("outcome", outcome);
        return JsonLine.of(line.putIfPresent("reason", Optional.of(reason).filter(why -> !why.isEmpty()))
                .put("millis", Duration.between(began, now).toMillis())
                .build());
    }
}
