// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.EXPIRES;
import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.builder;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.leased;
import static io.taskbound.ledger.SampleTokens.limited;
import static io.taskbound.ledger.SampleTokens.token;
import static io.taskbound.ledger.SampleTokens.unlimited;
import static io.taskbound.ledger.SampleTokens.withUses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TokenRecordTest {
    @Test
    void isAliveUntilTheMillisecondBeforeItsExpiry() {
        assertThat(token().livenessAt(EXPIRES.minusMillis(1))).isEqualTo(Liveness.ALIVE);
        assertThat(token().livenessAt(EXPIRES)).isEqualTo(Liveness.EXPIRED);
    }

    @Test
    void isAliveUntilTheMillisecondBeforeItsLeaseEnds() {
        var token = leased(Duration.ofSeconds(60));

        assertThat(token.livenessAt(NOW.plusMillis(59_999))).isEqualTo(Liveness.ALIVE);
        assertThat(token.livenessAt(NOW.plusSeconds(60))).isEqualTo(Liveness.LAPSED);
    }

    @Test
    void staysLapsedAfterItsExpiry() {
        assertThat(leased(Duration.ofSeconds(60)).livenessAt(EXPIRES.plusSeconds(1)))
                .isEqualTo(Liveness.LAPSED);
    }

    @Test
    void expiresWhenItsLeaseReachesItsExpiry() {
        var token = leased(Duration.ofSeconds(60)).toBuilder()
                .leaseDeadline(Optional.of(EXPIRES))
                .build();

        assertThat(token.livenessAt(EXPIRES)).isEqualTo(Liveness.EXPIRED);
    }

    @Test
    void isSpentOnlyWhenNoObjectHasAUseLeft() {
        var token = withUses(1, 2);

        assertThat(token.toBuilder().usesLeft(List.of(0, 1)).build().livenessAt(NOW))
                .isEqualTo(Liveness.ALIVE);
        assertThat(token.toBuilder().usesLeft(List.of(0, 0)).build().livenessAt(NOW))
                .isEqualTo(Liveness.SPENT);
    }

    @Test
    void staysClosedWhateverElseItIs() {
        var closed = token().toBuilder()
                .usesLeft(List.of(0))
                .state(State.CLOSED)
                .closure(Optional.of(closure(NOW, Cause.HOLDER)))
                .build();

        assertThat(closed.livenessAt(EXPIRES)).isEqualTo(Liveness.CLOSED);
    }

    @Test
    void sumsTheUsesThatAreLeft() {
        assertThat(withUses(3, 2).usesLeftSum()).hasValue(6);
        assertThat(unlimited().usesLeftSum()).isEmpty();
    }

    @Test
    void refusesALeaseBeyondItsExpiry() {
        assertThatThrownBy(() -> leased(Duration.ofSeconds(60)).toBuilder()
                        .leaseDeadline(Optional.of(EXPIRES.plusMillis(1)))
                        .build())
                .hasMessageContaining("leaseDeadline");
    }

    @Test
    void refusesALeaseWithoutADeadline() {
        assertThatThrownBy(() -> token().toBuilder()
                        .lease(Optional.of(Duration.ofSeconds(60)))
                        .build())
                .hasMessageContaining("leaseDeadline");
    }

    @Test
    void refusesMoreUsesThanItCouldRemember() {
        assertThatThrownBy(() -> withUses(101, 1)).hasMessage("maxUses must be 1 to 100");
        assertThatThrownBy(() -> withUses(0, 1)).hasMessage("maxUses must be 1 to 100");
    }

    @Test
    void refusesMoreUsesLeftThanThereWere() {
        assertThatThrownBy(() -> token().toBuilder().usesLeft(List.of(2)).build())
                .hasMessageContaining("usesLeft");
    }

    @Test
    void refusesUsesLeftOfAnUnlimitedToken() {
        assertThatThrownBy(
                        () -> token().toBuilder().maxUses(OptionalInt.empty()).build())
                .hasMessageContaining("usesLeft");
    }

    @Test
    void refusesAStateWithoutItsClosure() {
        assertThatThrownBy(() -> token().toBuilder().state(State.CLOSED).build())
                .hasMessageContaining("closure");
        assertThatThrownBy(() -> token().toBuilder()
                        .closure(Optional.of(closure(NOW, Cause.HOLDER)))
                        .build())
                .hasMessageContaining("closure");
    }

    @Test
    void refusesToBeWithoutWhatItNeeds() {
        assertThatThrownBy(() -> TokenRecord.builder().build()).hasMessage("jti must be given");
        assertThatThrownBy(() -> builder(jti()).txn("").build()).hasMessage("txn must not be empty");
    }

    @Test
    void cutsItsInstantsToMilliseconds() {
        var token = limited(builder(jti()), 1, 1)
                .issued(NOW.plusNanos(999))
                .expires(EXPIRES.plusNanos(1))
                .build();

        assertThat(token.issued()).isEqualTo(NOW);
        assertThat(token.expires()).isEqualTo(EXPIRES);
    }
}
