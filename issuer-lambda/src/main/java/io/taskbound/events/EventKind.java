// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import io.taskbound.json.JsonObject;
import java.util.Arrays;
import java.util.Optional;

/**
 * The events about tokens, by their {@code detail-type}. The words are permanent, because other people's rules depend
 * on them; {@code contract/events} has the schema of each.
 */
public enum EventKind {
    GRANTED("Task Token Granted", "mint", "granted"),
    /**
     * A caller whose ID token was good was refused, whom the policy need not know: a CI system that many share gives
     * one to anybody. Of callers without one nothing is told.
     */
    REFUSED("Task Token Refused", "mint", "refused"),
    ENDED("Task Token Ended", "ended", "ended"),
    /** A token with a lease ended by the clock: nobody closed it, and nobody used it up. */
    MISSING_CLOSE("Task Token Missing Close", "missing_close", "missing"),
    /** A step waits for people to approve it. */
    APPROVAL_REQUESTED("Task Token Approval Requested", "approval", "requested");

    /** In every audit line about a caller who has proved who they are, and in no other. */
    private static final String PROVED = "stable_sub";

    private final String detailType;
    private final String event;
    private final String result;

    EventKind(String detailType, String event, String result) {
        this.detailType = detailType;
        this.event = event;
        this.result = result;
    }

    /** As EventBridge's rules name it. */
    public String detailType() {
        return detailType;
    }

    /** Absent where nobody is to be told about this line of the audit log. */
    static Optional<EventKind> of(JsonObject line) {
        return Arrays.stream(values()).filter(kind -> kind.isOf(line)).findFirst();
    }

    private boolean isOf(JsonObject line) {
        return line.string("event").filter(event::equals).isPresent()
                && line.string("result").filter(result::equals).isPresent()
                && (this != REFUSED || line.has(PROVED));
    }
}
