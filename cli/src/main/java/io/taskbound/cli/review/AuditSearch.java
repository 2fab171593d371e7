// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.audit.Event;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Finds a decision in an audit log: one JSON object a line. Lines that are no such thing are passed over. */
final class AuditSearch {
    private static final Set<String> CONSEQUENCES = Set.of(Event.ENDED.wire(), Event.MISSING_CLOSE.wire());

    private AuditSearch() {}

    /** The last decision under this request id. */
    static JsonObject find(Path log, String requestId) throws Complaint {
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains(requestId))
                    .flatMap(line -> decision(line.getBytes(StandardCharsets.ISO_8859_1), requestId).stream())
                    .reduce((earlier, later) -> later)
                    .orElseThrow(() -> Complaint.refused(
                            "The audit log " + log + " has no decision with this request id.",
                            "Check the id, and that the log covers the time of the request."));
        } catch (IOException | UncheckedIOException unreadable) {
            throw Complaint.usage(
                    "The audit log " + log + " cannot be read.", "Name the issuer's audit log with --audit FILE.");
        }
    }

    /** Read as single bytes above, so that one broken line does not end the search; here as the UTF-8 it should be. */
    private static Optional<JsonObject> decision(byte[] line, String requestId) {
        return parsed(line)
                .filter(audited -> audited.string("request_id").equals(Optional.of(requestId)))
                // A line of metrics has the request id too, and so has what followed from the decision.
                .filter(audited -> audited.string("event")
                        .filter(event -> !CONSEQUENCES.contains(event))
                        .isPresent());
    }

    /** The decision under this request id, if the line is one. */
    static Optional<JsonObject> decision(String line, String requestId) {
        return decision(line.getBytes(StandardCharsets.UTF_8), requestId);
    }

    private static Optional<JsonObject> parsed(byte[] line) {
        try {
            return Optional.of(StrictJson.parseObject(line));
        } catch (MalformedJson malformed) {
            return Optional.empty();
        }
    }
}
