// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.window.OpenWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mondays from nine to four in Berlin, and the night of one change. */
class WindowDecisionTest {
    private static final String WINDOWS = """
            'windows': [{'days': ['mon'], 'from': '09:00', 'to': '16:00', 'zone': 'Europe/Berlin'},
                        {'from': '2026-12-05T22:00:00Z', 'to': '2026-12-06T02:00:00Z', 'change': 'CHG0031337'}]
            """;
    private static final Instant MONDAY = Instant.parse("2026-11-30T10:00:00Z");

    private static Decision decide(String fields, Instant now) {
        return Documents.compiled(Documents.policy(Documents.TASKS.replace("'lease': '60s'", fields)))
                .decide(
                        Documents.github(Documents.githubClaims()),
                        Documents.request(
                                "sign-release", Documents.permission(Documents.artifact("acme/shop"), "sign")),
                        now);
    }

    private static Grant granted(String fields, Instant now) {
        return decide(fields, now).match(Decision.Granted::grant, refused -> {
            throw new AssertionError(refused.denial());
        });
    }

    private static Denial refused(String fields, Instant now) {
        return decide(fields, now)
                .match(
                        granted -> {
                            throw new AssertionError(granted.grant());
                        },
                        Decision.Refused::denial);
    }

    @Test
    void grantsInAWindowAndNamesItsEnd() {
        var grant = granted(WINDOWS, MONDAY);

        assertThat(grant.window()).contains(new OpenWindow(Instant.parse("2026-11-30T15:00:00Z"), Optional.empty()));
        assertThat(grant.enforcement()).isEqualTo(Enforcement.ENFORCED);
        assertThat(grant.lifetime())
                .as("what is approved must not depend on when it is asked for")
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void namesTheChangeThatTheWindowIsFor() {
        assertThat(granted(WINDOWS, Instant.parse("2026-12-05T23:00:00Z")).window())
                .contains(new OpenWindow(Instant.parse("2026-12-06T02:00:00Z"), Optional.of("CHG0031337")));
    }

    @Test
    void refusesOutsideAndKnowsWhenTheNextOpens() {
        var denial = refused(WINDOWS, Instant.parse("2026-11-30T15:00:00Z"));

        assertThat(denial.kind()).isEqualTo(Denial.Kind.OUTSIDE_WINDOW);
        assertThat(denial.nextOpening()).contains(Instant.parse("2026-12-05T22:00:00Z"));
    }

    @Test
    void refusesInTheLastSeconds() {
        var end = Instant.parse("2026-11-30T15:00:00Z");

        assertThat(granted(WINDOWS, end.minusSeconds(5)).window()).isPresent();
        assertThat(refused(WINDOWS, end.minusMillis(4_999)).kind()).isEqualTo(Denial.Kind.WINDOW_ENDS);
    }

    @Test
    void aTaskThatIsWatchedIsGrantedAtAnyTimeAndInNoWindow() {
        var watched = WINDOWS + ", 'enforce': false";

        assertThat(granted(watched, MONDAY).enforcement()).isEqualTo(Enforcement.WATCHED);
        assertThat(granted(watched, MONDAY).window()).isEmpty();
        assertThat(granted(watched, Instant.parse("2026-11-30T15:00:00Z")).enforcement())
                .isEqualTo(Enforcement.WATCHED_OUTSIDE_WINDOW);
        assertThat(granted(watched, Instant.parse("2026-11-30T14:59:56Z")).enforcement())
                .isEqualTo(Enforcement.WATCHED_OUTSIDE_WINDOW);
    }

    private static Explanation explained(String fields, Instant now) {
        return Documents.compiled(Documents.policy(Documents.TASKS.replace("'lease': '60s'", fields)))
                .explain(
                        Documents.github(Documents.githubClaims()),
                        Documents.request(
                                "sign-release", Documents.permission(Documents.artifact("acme/shop"), "sign")),
                        now);
    }

    @Test
    void anExplanationSaysHowTheWindowsStand() {
        var open = explained(WINDOWS, MONDAY);
        assertThat(open.allowed()).isTrue();
        assertThat(open.lines())
                .startsWith("ALLOWED  sign-release")
                .endsWith("  a change window is open until 2026-11-30T15:00:00Z; the next one opens at"
                        + " 2026-12-05T22:00:00Z");

        var closed = explained(WINDOWS, Instant.parse("2026-11-30T15:00:00Z"));
        assertThat(closed.allowed()).isFalse();
        assertThat(closed.lines())
                .startsWith(
                        "REFUSED  sign-release  a rule allows it, but no change window is open; the next one opens at"
                                + " 2026-12-05T22:00:00Z")
                .endsWith("  no change window is open; the next one opens at 2026-12-05T22:00:00Z");

        var inTheNight = explained(WINDOWS, Instant.parse("2026-12-06T01:59:56Z"));
        assertThat(inTheNight.allowed()).isFalse();
        assertThat(inTheNight.lines().get(0)).contains("(CHG0031337) is open until 2026-12-06T02:00:00Z, too short");

        var watched = explained(WINDOWS + ", 'enforce': false", Instant.parse("2026-11-30T15:00:00Z"));
        assertThat(watched.allowed()).isTrue();
        assertThat(watched.lines())
                .endsWith(
                        "  no change window is open; the next one opens at 2026-12-05T22:00:00Z; only watched (enforce: false)");
        assertThat(explained("'lease': '60s'", MONDAY).lines()).noneMatch(line -> line.contains("window"));
    }

    /** Whoever no rule lets in learns nothing of the windows. */
    @Test
    void aStrangerIsRefusedAsOne() {
        var policy = Documents.compiled(Documents.policy(Documents.TASKS.replace("'lease': '60s'", WINDOWS)));
        var stranger = Documents.github(
                Documents.with(Documents.githubClaims(), "repository_id", new io.taskbound.json.JsonString("6666")));

        var decision = policy.decide(
                stranger,
                Documents.request("sign-release", Documents.permission(Documents.artifact("acme/shop"), "sign")),
                Instant.parse("2026-11-30T15:00:00Z"));

        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.denial().kind()).isEqualTo(Denial.Kind.NOT_ALLOWED);
            assertThat(refused.denial().nextOpening()).isEmpty();
        });
    }
}
