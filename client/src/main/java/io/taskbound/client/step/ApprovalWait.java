// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.Outage;
import io.taskbound.client.PendingApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A wrapper's wait until people have approved its step: what to print, and when to ask the issuer again, as RFC 8628
 * section 3.5 has it. Ask with the very same {@link io.taskbound.client.TaskRequest} and a fresh ID token. Immutable;
 * after a restart of its host a wait begins again with the next answer. Holds no secret.
 */
public final class ApprovalWait {
    /** Often enough that a log shows life, seldom enough that it can be read. */
    private static final Duration REMINDER = Duration.ofMinutes(5);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration SLOWER = Duration.ofSeconds(5);

    /** To use an approval that came in the last moment. */
    private static final Duration LAST_CALL = Duration.ofSeconds(1);

    private static final Set<Outage.Kind> PASSING =
            Set.of(Outage.Kind.UNREACHABLE, Outage.Kind.NO_ANSWER, Outage.Kind.BUSY);

    private final PendingApproval approval;
    private final Instant begun;
    private final Optional<Instant> end;
    private final Duration pause;
    private final Instant heardAt;
    private final Instant toldAt;
    private final Optional<String> news;

    private ApprovalWait(
            PendingApproval approval,
            Instant begun,
            Optional<Instant> end,
            Duration pause,
            Instant heardAt,
            Instant toldAt,
            Optional<String> news) {
        this.approval = approval;
        this.begun = begun;
        this.end = end;
        this.pause = pause;
        this.heardAt = heardAt;
        this.toldAt = toldAt;
        this.news = news;
    }

    /**
     * After the first answer that asks for approval.
     *
     * @param atMost how long the wrapper waits; empty: as long as the issuer says
     */
    public static ApprovalWait begin(PendingApproval first, Optional<Duration> atMost, Instant now) {
        return since(now, first, atMost, now);
    }

    /**
     * The same for a wrapper that has begun to wait before, and whose host was restarted.
     *
     * @param begun when it had its first such answer
     */
    public static ApprovalWait since(Instant begun, PendingApproval first, Optional<Duration> atMost, Instant now) {
        var end = atMost.map(begun::plus);
        return new ApprovalWait(
                first,
                begun,
                end,
                first.interval(),
                now,
                now,
                Optional.of(ApprovalText.asked(first, left(first, end, now))));
    }

    /** After another answer that asks for approval. */
    public ApprovalWait heard(PendingApproval answer, Instant now) {
        var told = news(answer, now);
        return new ApprovalWait(
                answer,
                begun,
                end,
                longer(answer.interval(), answer.slowDown() ? pause.plus(SLOWER) : pause),
                now,
                told.isPresent() ? now : toldAt,
                told);
    }

    /**
     * After no usable answer: asks less often from then on. Empty when asking again is useless, or when a token may
     * live that nobody holds: then the outage is the end of the step.
     */
    public Optional<ApprovalWait> missed(Outage outage, Instant now) {
        boolean goOn = PASSING.contains(outage.kind()) && !outage.mayHaveArrived() && now.isBefore(approval.until());
        return goOn
                ? Optional.of(new ApprovalWait(
                        approval,
                        begun,
                        end,
                        longer(pause.multipliedBy(2), pause),
                        now,
                        now,
                        Optional.of(ApprovalText.unheard(outage))))
                : Optional.empty();
    }

    /** What to print now, if anything: at first, when something has changed, and every few minutes. */
    public Optional<String> news() {
        return news;
    }

    /** When to ask again; empty when the wrapper's own time is over. */
    public Optional<Instant> askAgainAt() {
        if (end.filter(time -> !heardAt.isBefore(time)).isPresent()) {
            return Optional.empty();
        }
        var next = heardAt.plus(pause);
        var lastCall = approval.until().minus(LAST_CALL);
        // The interval may reach beyond the time in which it can be approved, which the issuer tells from an end.
        var asked = next.isAfter(approval.until()) && lastCall.isAfter(heardAt) ? lastCall : next;
        return Optional.of(end.filter(asked::isAfter).orElse(asked));
    }

    /** What is waited for. */
    public PendingApproval approval() {
        return approval;
    }

    /** How long it has been waited. */
    public Duration waited(Instant now) {
        return now.isAfter(begun) ? Duration.between(begun, now) : Duration.ZERO;
    }

    private Optional<String> news(PendingApproval answer, Instant now) {
        var left = left(answer, end, now);
        if (!answer.id().equals(approval.id())) {
            return Optional.of(ApprovalText.askedAgain(answer, left));
        }
        if (answer.given() != approval.given()) {
            return Optional.of(ApprovalText.given(answer, left));
        }
        return now.isBefore(toldAt.plus(REMINDER)) ? Optional.empty() : Optional.of(ApprovalText.still(answer, left));
    }

    private static Duration left(PendingApproval approval, Optional<Instant> end, Instant now) {
        var until = end.filter(approval.until()::isAfter).orElse(approval.until());
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    private static Duration longer(Duration one, Duration other) {
        var longer = one.compareTo(other) > 0 ? one : other;
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
}
