// SPDX-License-Identifier: Apache-2.0
package io.taskbound.audit;

import io.taskbound.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * One finished line of the audit log: {@link AuditEntry} makes it.
 *
 * @param at when the request came
 * @param text the line as it is written, without its end
 */
public record AuditLine(Event event, Outcome outcome, Instant at, JsonObject fields, String text) {

    public String requestId() {
        return text("request_id").orElseThrow();
    }

    /** A field that is text, if this line has it. */
    public Optional<String> text(String field) {
        return fields.string(field);
    }

    /** Whether this line has the field and it is true. */
    public boolean says(String field) {
        return fields.bool(field).orElse(false);
    }
}
