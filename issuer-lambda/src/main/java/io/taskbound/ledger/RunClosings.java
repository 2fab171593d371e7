// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was closed of one run: all of it, or some of its jobs, by its holders or by hooks. It counts from the moment
 * that it is written, whatever the tokens' own records say yet. What a hook said counts only for the tokens of those
 * whom the policy has bound it to.
 */
public record RunClosings(Map<ControlLine, RunControl> lines) {
    public static final RunClosings NONE = new RunClosings(Map.of());

    public RunClosings {
        lines = Map.copyOf(lines);
    }

    /** What its holders said about the whole run. */
    RunControl run() {
        return lines.getOrDefault(ControlLine.OF_RUN, RunControl.OPEN);
    }

    /** Whether the run or the token's job was closed over this token. */
    public boolean cover(TokenRecord token) {
        return closure(token).isPresent();
    }

    /** The record as it stands: closed, where its run or job was closed and nobody has written that to it yet. */
    TokenRecord standing(TokenRecord token) {
        return closure(token).map(token::closed).orElse(token);
    }

    /** Its end by the first closing that covers it, if one does. */
    Optional<Closure> closure(TokenRecord token) {
        var requester = token.requester();
        var issued = token.life().issued();
        return first(requester.job(), requester.stableSubject(), requester.proofIssued(), issued)
                // A pipeline's end is told a while after it: nothing ends before its last use.
                .map(end -> token.uses()
                        .lastUse()
                        .filter(end.at()::isBefore)
                        .map(end::at)
                        .orElse(end));
    }

    /**
     * The same for a token of which only this is known.
     *
     * @param proofIssued {@code iat} of the ID token
     * @param recordIssued when the record was made
     */
    Optional<Closure> first(Optional<String> job, String stableSubject, Instant proofIssued, Instant recordIssued) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return ControlLine.countingFor(job, stableSubject)
                .flatMap(line -> lines
                        .getOrDefault(line, RunControl.OPEN)
                        .blockedSince(proofIssued, recordIssued)
                        .map(at -> new Said(line, at))
                        .stream())
                .reduce((one, other) -> other.at().isBefore(one.at()) ? other : one)
                .map(said -> said.closure(recordIssued));
    }

    private record Said(ControlLine line, Instant at) {
        /** A closing may be older than a token that it forbids; nothing ends before it was issued. */
        Closure closure(Instant issued) {
            var end = at.isBefore(issued) ? issued : at;
            if (line.isOfHook()) {
                return new Closure(end, Closure.HOOK, Cause.HOOK, Optional.empty());
            }
            var cause = line.job().isPresent() ? Cause.JOB : Cause.RUN;
            return new Closure(end, Closure.HOLDER, cause, Optional.empty());
        }
    }
}
