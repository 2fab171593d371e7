// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.status.StatusEntry;
import io.taskbound.status.StatusListName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every ledger promises of status lists; each test has an hour of its own. */
abstract class StatusListsContract {
    private static final AtomicLong HOURS = new AtomicLong();

    final Instant hour = NOW.plus(Duration.ofHours(HOURS.incrementAndGet()));

    abstract Ledger ledger();

    TokenRecord minted() {
        var token = sample(jti())
                .withLife(hour, hour.plusSeconds(600))
                .withStatus(ledger().statusLists().allot(hour))
                .record();
        ledger().mint(token);
        return token;
    }

    static StatusEntry entry(TokenRecord token) {
        return token.grant().status().orElseThrow();
    }

    private boolean isEnded(TokenRecord token) {
        return ledger().statusLists()
                .ended(entry(token).list())
                .orElseThrow()
                .get(entry(token).index());
    }

    @Test
    void everyTokenHasAPlaceOfItsOwnAndIsFoundWithIt() {
        var places = new HashSet<StatusEntry>();
        for (int i = 0; i < 100; i++) {
            var token = minted();
            assertThat(places.add(entry(token))).isTrue();
            assertThat(entry(token).list().hour())
                    .isEqualTo(StatusListName.at(hour, 0).hour());
            assertThat(ledger().find(token.jti()).orElseThrow().grant()).isEqualTo(token.grant());
        }
        assertThat(ledger().statusLists()
                        .ended(StatusListName.at(hour, 0))
                        .orElseThrow()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aClosedTokenIsMarkedAndNoOther() {
        var closed = minted();
        var other = minted();

        assertThat(ledger().close(closed.jti(), closure(hour, Cause.HOLDER))).isPresent();
        assertThat(ledger().close(closed.jti(), closure(hour, Cause.HOLDER))).isEmpty();

        assertThat(isEnded(closed)).isTrue();
        assertThat(isEnded(other)).isFalse();
        assertThat(ledger().find(closed.jti()).orElseThrow().life().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void theTokensOfAClosedRunAreMarked() {
        var token = minted();

        ledger().closeAll(token.jti().run(), Optional.empty(), closure(hour, Cause.RUN), hour);

        assertThat(isEnded(token)).isTrue();
    }

    @Test
    void thereIsNoListOfAnHourWithoutTokens() {
        assertThat(ledger().statusLists().ended(StatusListName.at(hour, 0))).isEmpty();
    }
}
