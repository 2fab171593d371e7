// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Patience;
import io.taskbound.http.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IssuerHealthTest {
    private final SettableClock clock = new SettableClock(Instant.EPOCH.plusSeconds(1_000_000));

    @Test
    void looksAtMostEveryTenSecondsAndRemembersForAMinuteThatItWasRefused() throws Exception {
        try (var issuer = new IssuerOverHttp()) {
            var once = new Patience(
                    1, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(1));
            var health = new IssuerHealth(
                    IssuerClient.builder(IssuerUrl.of(issuer.url()))
                            .patience(once)
                            .build(),
                    clock);
            assertThat(health.fault()).isEmpty();

            issuer.away = true;
            assertThat(health.fault()).as("known from before").isEmpty();
            clock.advance(Duration.ofSeconds(10));
            assertThat(health.fault()).isPresent();
            issuer.away = false;
            clock.advance(Duration.ofSeconds(10));
            assertThat(health.fault()).isEmpty();

            health.decided("misconfigured", 503, 1);
            assertThat(health.fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("taskbound.secret-file"));
            health.decided("spent", 401, 1);
            assertThat(health.fault()).isPresent();
            clock.advance(Duration.ofSeconds(60));
            assertThat(health.fault()).as("nobody asks a service that is down").isEmpty();

            health.decided("misconfigured", 503, 1);
            health.decided("allowed", 200, 1);
            assertThat(health.fault()).isEmpty();
        }
    }
}
