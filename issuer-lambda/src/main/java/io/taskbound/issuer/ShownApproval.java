// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.approval.ShownText;
import io.taskbound.ledger.ApprovalRecord;
import java.time.Duration;
import java.util.Optional;

/**
 * A request for approval as one who may be asked sees it.
 *
 * @param uri where people see it
 * @param text what it is about, in plain words
 * @param state {@code pending}, {@code approved}, {@code denied}, {@code used}, {@code expired}, {@code replaced} by
 *     another version of the policy, or {@code ended} with its run
 * @param left how long it may be decided on or used
 * @param objection why this person cannot approve it; empty where he can
 * @param mayDeny whether this person can deny it, which is possible until it is used
 * @param recorded whether this very answer tells of a decision that was just written
 */
public record ShownApproval(
        ApprovalRecord record,
        String uri,
        ShownText text,
        String state,
        Duration left,
        Optional<String> objection,
        boolean mayDeny,
        boolean recorded) {}
