// SPDX-License-Identifier: Apache-2.0
package io.taskbound.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.Proven;
import io.taskbound.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void writesItsLineThoughTwoLongClaimNamesAreOneOnceTheyAreCut() {
        var claims = JsonObject.builder()
                .put("iss", "https://ci.acme.example")
                .put("aud", "https://tokens.acme.example")
                .put("sub", "job-1")
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 300)
                .put("x".repeat(300) + "1", "first")
                .put("x".repeat(300) + "2", "second")
                .build();

        var line = AuditEntry.begin(Event.MINT, "R1", NOW)
                .claims(Proven.identity("generic", claims))
                .end(Outcome.REFUSED);

        assertThat(line.text()).contains("\"sub\":\"job-1\"", "first").doesNotContain("second");
    }
}
