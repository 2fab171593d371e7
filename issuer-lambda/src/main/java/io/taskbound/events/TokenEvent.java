// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import io.taskbound.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One event, as subscribers get it.
 *
 * @param at when it happened
 * @param detail what names the token, the task and the run, and how it ended: members of the audit line that are listed
 *     here, and no others. Neither claims of an ID token nor the name of a person are among them
 */
public record TokenEvent(EventKind kind, Instant at, JsonObject detail) {
    /** What every event says it comes from. */
    public static final String SOURCE = "taskbound";

    /** Equal in all copies of one event: EventBridge delivers at least once. */
    static final String ID = "event_id";

    static final String ISSUER = "issuer";
    private static final String REQUEST_ID = "request_id";
    private static final String EVENT = "event";
    private static final String JTI = "jti";

    /** Members of an audit line that are handed on as they are. A new one is a new promise: contract/events. */
    static final List<String> FIELDS = List.of(
            REQUEST_ID,
            EVENT,
            "result",
            "error",
            "reason",
            JTI,
            "task",
            "txn",
            "provider",
            "project",
            "project_id",
            "run",
            "job",
            "link",
            "resource_server",
            "rule",
            "policy_version",
            "cause",
            "issued",
            "expires",
            "ended",
            "used_seconds",
            "granted_seconds",
            "uses",
            "approval_id",
            "approval_uri",
            "approvers",
            "approvals_needed");

    /**
     * @param line of the audit log
     * @param issuer the URL of the issuer that wrote it
     * @return absent where nobody is to be told, or where it is not a line of the audit log
     */
    public static Optional<TokenEvent> of(JsonObject line, String issuer) {
        return EventKind.of(line).flatMap(kind -> time(line).map(at -> new TokenEvent(kind, at, detail(line, issuer))));
    }

    private static Optional<Instant> time(JsonObject line) {
        try {
            return line.string("time").map(Instant::parse);
        } catch (DateTimeException noneOfOurs) {
            return Optional.empty();
        }
    }

    private static JsonObject detail(JsonObject line, String issuer) {
        var detail = JsonObject.builder().put(ID, id(line)).put(ISSUER, issuer);
        FIELDS.forEach(name -> line.get(name).ifPresent(value -> detail.put(name, value)));
        return detail.build();
    }

    private static String id(JsonObject line) {
        return List.of(REQUEST_ID, EVENT, JTI).stream()
                .flatMap(name -> line.string(name).stream())
                .collect(Collectors.joining(":"));
    }
}
