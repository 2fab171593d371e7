// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.step.ApprovalText;
import io.taskbound.client.step.ApprovalWait;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApprovalWaitTest {
    private static final Instant START = TestClock.START;
    private static final String ID = "cnVucnVucnVucnVucnVucg.aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";
    private static final String OTHER = "cnVucnVucnVucnVucnVucg.b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q";
    private static final URI PAGE = URI.create("https://tokens.acme.example/approve/" + ID);

    private static PendingApproval approval(String id, int given, long interval, boolean slowDown) {
        return new PendingApproval(
                id,
                Optional.of(PAGE),
                List.of("release-managers"),
                2,
                given,
                Duration.ofSeconds(interval),
                slowDown,
                START.plusSeconds(1800),
                Optional.empty());
    }

    private static PendingApproval approval() {
        return approval(ID, 0, 5, false);
    }

    private static ApprovalWait waiting() {
        return ApprovalWait.begin(approval(), Optional.empty(), START);
    }

    @Test
    void saysAtFirstWhoMayApproveWhereAndHowLongThereIs() {
        assertThat(waiting().news())
                .contains("taskbound: this needs approval by 2 people of release-managers; waiting, 30 min left\n"
                        + "taskbound: approve or deny: " + PAGE + "\n"
                        + "taskbound: or in a terminal: taskbound approve " + ID);
    }

    @Test
    void remindsEveryFiveMinutesAndNoSooner() {
        var wait = waiting();
        List<Long> told = new ArrayList<>();
        for (long second = 5; second <= 1200; second += 5) {
            wait = wait.heard(approval(), START.plusSeconds(second));
            if (wait.news().isPresent()) {
                told.add(second);
                assertThat(wait.news())
                        .contains("taskbound: still waiting for approval by 2 people of release-managers, "
                                + (30 - second / 60) + " min left: " + PAGE);
            }
        }
        assertThat(told).containsExactly(300L, 600L, 900L, 1200L);
    }

    @Test
    void tellsOfAnApprovalAmongSeveral() {
        var wait = waiting().heard(approval(ID, 1, 5, false), START.plusSeconds(60));
        assertThat(wait.news()).contains("taskbound: 1 of 2 approvals given; waiting, 29 min left");
        assertThat(wait.heard(approval(ID, 1, 5, false), START.plusSeconds(65)).news())
                .isEmpty();
    }

    @Test
    void tellsThatAnotherPolicyWantsAnotherApproval() {
        var wait = waiting().heard(approval(OTHER, 0, 5, false), START.plusSeconds(60));
        assertThat(wait.news().orElseThrow())
                .startsWith("taskbound: the policy has changed meanwhile: what was asked before can no longer be"
                        + " approved\ntaskbound: this needs approval by ")
                .endsWith("taskbound approve " + OTHER);
        assertThat(wait.heard(approval(OTHER, 0, 5, false), START.plusSeconds(65))
                        .news())
                .isEmpty();
    }

    @Test
    void namesTheCommandWhereThereIsNoLink() {
        var approval = new PendingApproval(
                ID,
                Optional.empty(),
                List.of("a", "b"),
                1,
                0,
                Duration.ofSeconds(5),
                false,
                START.plusSeconds(90),
                Optional.empty());
        assertThat(ApprovalWait.begin(approval, Optional.empty(), START).news())
                .contains("taskbound: this needs approval by a or b; waiting, 90 s left\n"
                        + "taskbound: approve or deny: taskbound approve " + ID);
    }

    @Test
    void asksAgainAfterTheInterval() {
        assertThat(waiting().askAgainAt()).contains(START.plusSeconds(5));
        assertThat(waiting()
                        .heard(approval(ID, 0, 30, false), START.plusSeconds(7))
                        .askAgainAt())
                .contains(START.plusSeconds(37));
    }

    /** RFC 8628 section 3.5: five seconds more, for this and all later requests. */
    @Test
    void asksFiveSecondsLaterOnceItWasTooSoonAndNeverSoonerAgain() {
        var slower = waiting().heard(approval(ID, 0, 5, true), START.plusSeconds(5));
        assertThat(slower.askAgainAt()).contains(START.plusSeconds(15));
        var later = slower.heard(approval(ID, 0, 5, false), START.plusSeconds(15));
        assertThat(later.askAgainAt()).contains(START.plusSeconds(25));
        var evenSlower = later.heard(approval(ID, 0, 10, true), START.plusSeconds(25));
        assertThat(evenSlower.askAgainAt()).contains(START.plusSeconds(40));
    }

    @Test
    void neverWaitsLongerThanFiveMinutes() {
        var wait = ApprovalWait.begin(approval(ID, 0, 300, false), Optional.empty(), START)
                .heard(approval(ID, 0, 300, true), START);
        assertThat(wait.askAgainAt()).contains(START.plusSeconds(300));
    }

    @Test
    void asksOnceMoreBeforeItCanNoLongerBeApproved() {
        var late = waiting().heard(approval(), START.plusSeconds(1797));
        assertThat(late.askAgainAt()).contains(START.plusSeconds(1799));
        var last = late.heard(approval(), START.plusSeconds(1799));
        assertThat(last.askAgainAt()).contains(START.plusSeconds(1804));
    }

    @Test
    void endsWithTheTimeOfTheWrapperAfterALastLook() {
        var wait = ApprovalWait.begin(approval(), Optional.of(Duration.ofSeconds(12)), START);
        assertThat(wait.news().orElseThrow()).contains("waiting, 12 s left");
        wait = wait.heard(approval(), START.plusSeconds(10));
        assertThat(wait.askAgainAt()).contains(START.plusSeconds(12));
        wait = wait.heard(approval(), START.plusSeconds(12));
        assertThat(wait.askAgainAt()).isEmpty();
    }

    @Test
    void countsFromItsBeginningAfterARestart() {
        var wait = ApprovalWait.since(START, approval(), Optional.of(Duration.ofMinutes(10)), START.plusSeconds(590));
        assertThat(wait.askAgainAt()).contains(START.plusSeconds(595));
        assertThat(wait.waited(START.plusSeconds(590))).isEqualTo(Duration.ofSeconds(590));
    }

    private static Outage outage(Outage.Kind kind, boolean mayHaveArrived) {
        return new Outage(kind, "no connection to there", Optional.empty(), Optional.empty(), 4, mayHaveArrived);
    }

    @Test
    void goesOnAfterAnOutageAndAsksLessOften() {
        var wait = waiting()
                .missed(outage(Outage.Kind.UNREACHABLE, false), START.plusSeconds(5))
                .orElseThrow();
        assertThat(wait.news())
                .contains("taskbound: no answer from the issuer (no connection to there); still waiting for the"
                        + " approval");
        assertThat(wait.askAgainAt()).contains(START.plusSeconds(15));
    }

    @Test
    void endsWithAnOutageThatMayHaveLeftATokenOrDoesNotPass() {
        assertThat(waiting().missed(outage(Outage.Kind.NO_ANSWER, true), START)).isEmpty();
        assertThat(waiting().missed(outage(Outage.Kind.UNTRUSTED, false), START))
                .isEmpty();
        assertThat(waiting().missed(outage(Outage.Kind.BUSY, false), START.plusSeconds(1800)))
                .isEmpty();
    }

    private static Optional<String> ended(String code, Optional<String> approvalId) {
        return ApprovalText.ended(new MintAnswer.Refused(
                new Refusal(code, Optional.of("not before Monday"), Optional.of("01JD-7")), false, approvalId));
    }

    @Test
    void saysThatItWasDeniedOrCameToNothing() {
        assertThat(ended("access_denied", Optional.of(ID)))
                .contains("taskbound: it was not approved\ntaskbound: not before Monday\ntaskbound: approval " + ID
                        + ", request id 01JD-7\ntaskbound: the command was not run");
        assertThat(ended("expired_token", Optional.of(ID)).orElseThrow())
                .startsWith("taskbound: nobody approved it in time; run the step again to ask for a new approval\n");
    }

    @Test
    void leavesOtherRefusalsToTheirOwnText() {
        assertThat(ended("access_denied", Optional.empty())).isEmpty();
        assertThat(ended("invalid_request", Optional.of(ID))).isEmpty();
    }
}
