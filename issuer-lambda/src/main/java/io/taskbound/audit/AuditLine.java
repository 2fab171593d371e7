// SPDX-License-Identifier: Apache-2.0
package io.taskbound.audit;

import io.taskbound.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * One finished line of the audit log: {@link AuditEntry} makes it.
 *
 * @param at when the request came
 * @param reason why the decision was not the one asked for
 * @param keysStale the ID token was verified with keys kept beyond their normal life
 * @param keyChanged the ID token was verified under a key id whose key had changed
 * @param text the line as it is written, without its end
 */
public record AuditLine(
        Event event,
        Outcome outcome,
        Instant at,
        Optional<Reason> reason,
        boolean keysStale,
        boolean keyChanged,
        JsonObject fields,
        String text) {

    public String requestId() {
        return fields.string("request_id").orElseThrow();
    }

    /** The wire code of the refusal. */
    public Optional<String> error() {
        return fields.string("error");
    }
}
