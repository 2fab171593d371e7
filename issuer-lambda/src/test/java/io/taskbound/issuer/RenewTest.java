// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.ledger.InMemoryLedger;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A heartbeat keeps a lease alive and never moves the expiry. */
class RenewTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void lapsesWhenItsHeartbeatStops() {
        var token = issuer.mintSign().accessToken();
        issuer.clock.advance(Duration.ofSeconds(59));
        assertThat(issuer.renew(token).body().wholeNumber("lease_expires_in")).hasValue(60);

        issuer.clock.advance(Duration.ofMillis(59_999));
        assertThat(issuer.renew(token).status()).isEqualTo(200);

        // at the deadline itself it is dead
        issuer.clock.advance(Duration.ofSeconds(60));
        assertThat(issuer.renew(token).text("error")).isEqualTo("invalid_grant");
        assertThat(issuer.redeem(token, "sign", ARTIFACT, "a").text("reason")).isEqualTo("lapsed");
    }

    @Test
    void namesItsWholeLeaseWhateverTheClockSaysBelowAMillisecond() {
        issuer.clock.advance(Duration.ofNanos(999_999));
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        form.put("lease", "1");

        var minted = issuer.token(form);

        assertThat(minted.body().wholeNumber("lease_expires_in")).hasValue(1);
        assertThat(issuer.renew(minted.accessToken()).body().wholeNumber("lease_expires_in"))
                .hasValue(1);
    }

    @Test
    void isNeverRenewedPastItsExpiry() {
        var token = issuer.mintSign().accessToken();
        for (int beat = 0; beat < 11; beat++) {
            issuer.clock.advance(Duration.ofSeconds(50));
            assertThat(issuer.renew(token).status()).isEqualTo(200);
        }
        issuer.clock.advance(Duration.ofMillis(49_749));
        assertThat(issuer.renew(token).body().wholeNumber("lease_expires_in")).hasValue(0);

        issuer.clock.advance(Duration.ofMillis(1));
        assertThat(issuer.redeem(token, "sign", ARTIFACT, "a").text("reason")).isEqualTo("expired");
    }
}
