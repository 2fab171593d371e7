// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.EXPIRES;
import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.leased;
import static io.taskbound.ledger.SampleTokens.sample;
import static io.taskbound.ledger.SampleTokens.token;
import static io.taskbound.ledger.SampleTokens.unlimited;
import static io.taskbound.ledger.SampleTokens.withUses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.task.GrantedDetails;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        var token = new SampleToken(leased(Duration.ofSeconds(60)))
                .withLeaseDeadline(EXPIRES)
                .record();

        assertThat(token.livenessAt(EXPIRES)).isEqualTo(Liveness.EXPIRED);
    }

    @Test
    void isSpentOnlyWhenNoObjectHasAUseLeft() {
        var token = withUses(1, 2);

        assertThat(new SampleToken(token).withUsesLeft(0, 1).record().livenessAt(NOW))
                .isEqualTo(Liveness.ALIVE);
        assertThat(new SampleToken(token).withUsesLeft(0, 0).record().livenessAt(NOW))
                .isEqualTo(Liveness.SPENT);
    }

    @Test
    void staysClosedWhateverElseItIs() {
        var closed = sample(jti())
                .withUsesLeft(0)
                .withClosure(closure(NOW, Cause.HOLDER))
                .record();

        assertThat(closed.livenessAt(EXPIRES)).isEqualTo(Liveness.CLOSED);
    }

    @Test
    void sumsTheUsesThatAreLeft() {
        assertThat(withUses(3, 2).uses().sumLeft()).hasValue(6);
        assertThat(unlimited().uses().sumLeft()).isEmpty();
    }

    @Test
    void refusesALeaseBeyondItsExpiry() {
        assertThatThrownBy(
                        () -> new SampleToken(leased(Duration.ofSeconds(60))).withLeaseDeadline(EXPIRES.plusMillis(1)))
                .hasMessageContaining("leaseDeadline");
    }

    @Test
    void refusesALeaseWithoutADeadline() {
        assertThatThrownBy(() -> life(Optional.of(Duration.ofSeconds(60)), State.ACTIVE, Optional.empty()))
                .hasMessageContaining("leaseDeadline");
    }

    @Test
    void refusesMoreUsesThanItCouldRemember() {
        assertThatThrownBy(() -> withUses(101, 1)).hasMessage("max must be 1 to 100");
        assertThatThrownBy(() -> withUses(0, 1)).hasMessage("max must be 1 to 100");
    }

    @Test
    void refusesMoreUsesLeftThanThereWere() {
        assertThatThrownBy(() -> sample(jti()).withUsesLeft(2)).hasMessageContaining("left");
    }

    @Test
    void refusesUsesLeftOfAnUnlimitedToken() {
        assertThatThrownBy(() -> new Uses(OptionalInt.empty(), List.of(1), Map.of(), 0))
                .hasMessageContaining("left");
    }

    @Test
    void refusesAStateWithoutItsEnd() {
        assertThatThrownBy(() -> life(Optional.empty(), State.CLOSED, Optional.empty()))
                .hasMessageContaining("end");
        assertThatThrownBy(() -> life(Optional.empty(), State.ACTIVE, Optional.of(closure(NOW, Cause.HOLDER))))
                .hasMessageContaining("end");
    }

    @Test
    void refusesToBeWithoutWhatItNeeds() {
        assertThatThrownBy(() -> sample(jti()).withTxn("")).hasMessage("txn must not be empty");
        assertThatThrownBy(() -> GrantedDetails.recorded("")).hasMessage("authorization_details must not be empty");
    }

    private static Life life(Optional<Duration> lease, State state, Optional<Closure> closure) {
        return new Life(NOW, EXPIRES, lease, Optional.empty(), false, state, closure);
    }

    @Test
    void cutsItsInstantsToMilliseconds() {
        var token = sample(jti())
                .withLife(NOW.plusNanos(999), EXPIRES.plusNanos(1))
                .withProofIssued(NOW.plusNanos(1))
                .record();

        assertThat(token.life().issued()).isEqualTo(NOW);
        assertThat(token.life().expires()).isEqualTo(EXPIRES);
        assertThat(token.requester().proofIssued()).isEqualTo(NOW);
    }
}
