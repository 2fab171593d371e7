// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.Map;
import java.util.Optional;

/**
 * What was closed of one run: all of it, or some of its jobs. It counts from the moment that it is written, whatever
 * the tokens' own records say yet.
 *
 * @param run said about the whole run
 * @param jobs said about single jobs, by {@link ControlItem#jobKey}
 */
public record RunClosings(RunControl run, Map<String, RunControl> jobs) {
    public static final RunClosings NONE = new RunClosings(RunControl.OPEN, Map.of());

    public RunClosings {
        jobs = Map.copyOf(jobs);
    }

    /** Whether the run or the token's job was closed over this token. */
    public boolean cover(TokenRecord token) {
        return closure(token).isPresent();
    }

    /** The record as it stands: closed, where its run or job was closed and nobody has written that to it yet. */
    TokenRecord standing(TokenRecord token) {
        return closure(token).map(token::closed).orElse(token);
    }

    /** Its end by the closing that covers it, if one does. */
    Optional<Closure> closure(TokenRecord token) {
        return closure(run, token, Cause.RUN)
                .or(() -> token.requester()
                        .job()
                        .map(job -> jobs.getOrDefault(ControlItem.jobKey(job), RunControl.OPEN))
                        .flatMap(control -> closure(control, token, Cause.JOB)));
    }

    private static Optional<Closure> closure(RunControl control, TokenRecord token, Cause cause) {
        var issued = token.life().issued();
        if (!control.blocks(token.requester().proofIssued(), issued)) {
            return Optional.empty();
        }
        // A closing may be older than a token that it forbids; nothing ends before it was issued.
        var at = control.closedBefore().filter(issued::isBefore).orElse(issued);
        // Only its CI system says of a run that it has ended.
        return Optional.of(
                control.ended()
                        ? new Closure(at, Closure.HOOK, Cause.HOOK, Optional.empty())
                        : new Closure(at, Closure.HOLDER, cause, Optional.empty()));
    }
}
