// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Lines of a function's log group, written by the issuer itself: one of everything that the saved queries look for. */
final class LogLines {
    private static final BigDecimal SLOW = BigDecimal.valueOf(1_000);

    private LogLines() {}

    static List<JsonObject> ofEverythingThatHappens() {
        try (var issuer = new WatchedIssuer()) {
            grantsAndEnds(issuer);
            refusals(issuer);
            mishaps(issuer);
            return issuer.lines();
        }
    }

    static boolean isSlow(JsonObject line) {
        return line.get("Time")
                .map(time -> ((JsonNumber) time).value().compareTo(SLOW) > 0)
                .orElse(false);
    }

    private static void grantsAndEnds(WatchedIssuer issuer) {
        issuer.close(issuer.granted(WatchedIssuer.DEPLOY));
        var spent = issuer.granted(WatchedIssuer.SIGN);
        issuer.redeem(spent);
        issuer.redeem(spent);

        var late = issuer.granted(WatchedIssuer.DEPLOY);
        issuer.advance(Duration.ofSeconds(61));
        issuer.introspect(late, WatchedIssuer.SECRET);
        issuer.close(late);
        issuer.introspect(late, WatchedIssuer.SECRET);
        issuer.granted(WatchedIssuer.DEPLOY);
        issuer.advance(Duration.ofMinutes(2));
        issuer.sweep();
        issuer.granted(WatchedIssuer.DEPLOY);
    }

    private static void refusals(WatchedIssuer issuer) {
        issuer.mint(issuer.idToken(Map.of()), WatchedIssuer.ROTATE);
        issuer.mint(issuer.idToken(Map.of("repository_id", "6666")), WatchedIssuer.SIGN);
        var idToken = issuer.idToken(Map.of());
        issuer.mint(idToken, WatchedIssuer.DEPLOY);
        issuer.mint(idToken, WatchedIssuer.DEPLOY);
        issuer.introspect("no token", "A".repeat(43));
    }

    private static void mishaps(WatchedIssuer issuer) {
        issuer.replaceProviderKey();
        issuer.granted(WatchedIssuer.DEPLOY);
        issuer.redeem(issuer.tokenWithoutARecord());
        issuer.loseLedger();
        issuer.mint(issuer.idToken(Map.of()), WatchedIssuer.SIGN);
        issuer.slowDown();
        issuer.introspect("no token", WatchedIssuer.SECRET);
        // What following a published policy writes; where it comes from is no part of this issuer.
        issuer.note(AuditEntry.begin(Event.POLICY, "R1", Instant.EPOCH)
                .reason(Reason.POLICY_REFUSED)
                .detail("version 2: its text is incomplete, or not of its hash")
                .end(Outcome.REFUSED));
        // No token of this issuer's policy is bound to a key.
        for (var sign : List.of(Reason.DPOP_KEY, Reason.DPOP_REPLAYED)) {
            issuer.note(AuditEntry.begin(Event.REDEEM, "R2", Instant.EPOCH)
                    .reason(sign)
                    .end(Outcome.INACTIVE));
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
