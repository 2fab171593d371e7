// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.busy;
import static io.taskbound.client.IssuerStandIn.json;
import static io.taskbound.client.IssuerStandIn.withNonce;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.dpop.ProofKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a host with its own timer relies on; {@link HeldTokenTest} has the rest. */
class TokenHoldTest {
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final TestClock clock = new TestClock();
    private final IssuerStandIn issuer = new IssuerStandIn();
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void beatsAsLongAsTheIssuerRenews() {
        issuer.playing(json(200, "{\"lease_expires_in\":60}"));
        TokenHold hold = hold(this::client);
        assertThat(hold.beat(LEASE)).isTrue();
        assertThat(hold.isOver()).isFalse();
        assertThat(issuer.only().path()).isEqualTo("/renew");
    }

    @Test
    void aBeatBringsTheNonceOfTheNextProofs() {
        var key = ProofKey.create(clock);
        issuer.playing(withNonce("next", json(200, "{\"lease_expires_in\":60}")));
        assertThat(hold(this::client, Optional.of(key)).beat(LEASE)).isTrue();
        assertThat(key.lastNonce()).contains("next");
    }

    @Test
    void aNonceThatIsNoneIsNotTaken() {
        var key = ProofKey.create(clock);
        issuer.playing(withNonce("with \"quotes\"", json(200, "{\"lease_expires_in\":60}")));
        assertThat(hold(this::client, Optional.of(key)).beat(LEASE)).isTrue();
        assertThat(key.lastNonce()).isEmpty();
    }

    @Test
    void isOverOnceABeatIsRefusedAndSaysSoOnce() {
        issuer.playing(json(400, Samples.refusal("invalid_grant")));
        TokenHold hold = hold(this::client);
        assertThat(hold.beat(LEASE)).isFalse();
        assertThat(hold.beat(LEASE)).isFalse();
        assertThat(hold.isOver()).isTrue();
        assertThat(heard).containsExactly("lost invalid_grant");
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void triesABeatAgainForNoLongerThanHalfALease() {
        issuer.playing(busy(503, "31"));
        assertThat(hold(this::client).beat(LEASE)).isTrue();
        assertThat(heard).containsExactly("missed BUSY");
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void triesAgainToCloseUntilSomeoneAcknowledges() {
        issuer.playing(busy(503, "99"), json(200, ""));
        TokenHold hold = hold(this::client);
        assertThat(hold.end()).isInstanceOf(CloseOutcome.Failed.class);
        assertThat(hold.end()).isEqualTo(new CloseOutcome.Closed(Samples.HANDLE));
        assertThat(hold.end()).isEqualTo(new CloseOutcome.Closed(Samples.HANDLE));
        assertThat(issuer.received()).hasSize(2);
    }

    @Test
    void neverThrowsWhenTheHostHasNoClientToGive() {
        TokenHold hold = hold(() -> {
            throw new IllegalStateException("CANARY");
        });
        assertThat(hold.beat(LEASE)).isTrue();
        assertThat(hold.end().toString()).contains("IllegalStateException").doesNotContain("CANARY");
    }

    private IssuerClient client() {
        return Samples.client(issuer, clock).build();
    }

    private TokenHold hold(Supplier<IssuerClient> client) {
        return hold(client, Optional.empty());
    }

    private TokenHold hold(Supplier<IssuerClient> client, Optional<ProofKey> proofKey) {
        var ear = new LeaseListener() {
            @Override
            public void lost(Refusal refusal) {
                heard.add("lost " + refusal.code());
            }

            @Override
            public void missed(Outage outage) {
                heard.add("missed " + outage.kind());
            }
        };
        return new TokenHold(
                client,
                TaskToken.of(Samples.TOKEN),
                Samples.HOLDER,
                Samples.HANDLE,
                TestClock.START.plusSeconds(600),
                ear,
                proofKey,
                clock);
    }
}
