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

    private Optional<Closure> closure(TokenRecord token) {
        return closure(run, token, Cause.RUN)
                .or(() -> token.requester()
                        .job()
                        .map(job -> jobs.getOrDefault(ControlItem.jobKey(job), RunControl.OPEN))
                        .flatMap(control -> closure(control, token, Cause.JOB)));
    }

    private static Optional<Closure> closure(RunControl control, TokenRecord token, Cause cause) {
        var issued = token.life().issued();
        return control.blocks(token.requester().proofIssued(), issued)
                ? Optional.of(
                        new Closure(control.closedBefore().orElse(issued), Closure.HOLDER, cause, Optional.empty()))
                : Optional.empty();
    }
}
