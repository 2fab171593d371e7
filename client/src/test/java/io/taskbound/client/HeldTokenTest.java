// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.busy;
import static io.taskbound.client.IssuerStandIn.cutOff;
import static io.taskbound.client.IssuerStandIn.html;
import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldTokenTest {
    private static final IssuerStandIn.Turn RENEWED = json(200, "{\"lease_expires_in\":60}");
    private static final IssuerStandIn.Turn DEAD = json(400, Samples.refusal("invalid_grant"));

    private final TestClock clock = new TestClock();
    private final IssuerStandIn issuer = new IssuerStandIn();
    private final HandTimer timer = new HandTimer();
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void stop() {
        issuer.close();
    }

    /** Beats when the test says so. */
    private static final class HandTimer implements HeartbeatTimer {
        private Optional<Duration> pause = Optional.empty();
        private Runnable beat = () -> {};
        private int stops;

        @Override
        public Runnable every(Duration every, Runnable toBeat) {
            pause = Optional.of(every);
            beat = toBeat;
            return () -> stops++;
        }
    }

    private final class Ear implements LeaseListener {
        @Override
        public void lost(Refusal refusal) {
            heard.add("lost " + refusal.code());
        }

        @Override
        public void missed(Outage outage) {
            heard.add("missed " + outage.kind());
        }
    }

    @Test
    void closesAtTheEndOfTheBlock() {
        issuer.playing(json(200, ""));
        try (HeldToken held = hold()) {
            assertThat(held.token().reveal()).isEqualTo(Samples.TOKEN);
        }
        assertThat(issuer.only().path()).isEqualTo("/revoke");
    }

    @Test
    void closesOnceHoweverOftenItIsAsked() {
        issuer.playing(json(200, ""));
        HeldToken held = hold();
        assertThat(held.end()).isEqualTo(new CloseOutcome.Closed(Samples.HANDLE));
        held.close();
        assertThat(held.end()).isEqualTo(new CloseOutcome.Closed(Samples.HANDLE));
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void triesThreeTimesToClose() {
        issuer.playing(cutOff(), busy(503, "1"), json(200, ""));
        assertThat(hold().end()).isInstanceOf(CloseOutcome.Closed.class);
        assertThat(issuer.received()).hasSize(3);
    }

    @Test
    void saysWhatStaysOpenWhenNobodyAcknowledges() {
        issuer.playing(busy(503, "1"));
        HeldToken held = hold();
        assertThat(held.end())
                .isEqualTo(new CloseOutcome.Failed(
                        Samples.HANDLE, TestClock.START.plusSeconds(600), "the issuer answered 503"));
        assertThat(issuer.received()).hasSize(3);
        assertThatCode(held::close).doesNotThrowAnyException();
    }

    @Test
    void doesNotTakeAPortalPageForAnAcknowledgement() {
        issuer.playing(html(200));
        assertThat(hold().end()).isInstanceOf(CloseOutcome.Failed.class);
    }

    @Test
    void isAlreadyDeadOnceItExpired() {
        issuer.playing(busy(503, "1"));
        HeldToken held = hold();
        clock.advance(Duration.ofSeconds(600));
        assertThat(held.end()).isEqualTo(new CloseOutcome.AlreadyDead(Samples.HANDLE));
    }

    @Test
    void neverThrowsWhateverTheTransportDoes() {
        IssuerClient client = Samples.client(issuer, clock)
                .transport(request -> {
                    throw new IllegalStateException("CANARY");
                })
                .timer(timer)
                .build();
        CloseOutcome outcome = client.hold(granted(), new Ear()).end();
        assertThat(outcome).isInstanceOf(CloseOutcome.Failed.class);
        assertThat(outcome.toString()).doesNotContain("CANARY");
    }

    @Test
    void closesOnAnInterruptedThreadAndKeepsItsFlag() {
        issuer.playing(json(200, ""));
        HeldToken held = hold();
        Thread.currentThread().interrupt();
        CloseOutcome outcome = held.end();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isInstanceOf(CloseOutcome.Closed.class);
    }

    @Test
    void beatsThreeTimesALease() {
        issuer.playing(RENEWED);
        hold();
        assertThat(timer.pause).contains(Duration.ofSeconds(20));
        timer.beat.run();
        timer.beat.run();
        assertThat(issuer.received()).extracting(IssuerStandIn.Received::path).containsExactly("/renew", "/renew");
        assertThat(heard).isEmpty();
    }

    @Test
    void doesNotBeatWithoutALease() {
        issuer.playing(json(200, Samples.grantWith("\"note\":1")));
        IssuerClient client = client();
        MintAnswer answer = client.mint(Samples.idToken(), Samples.request());
        client.hold(((MintAnswer.Granted) answer).token(), new Ear());
        assertThat(timer.pause).isEmpty();
    }

    @Test
    void stopsBeatingAndSaysSoWhenTheTokenIsDead() {
        issuer.playing(DEAD);
        HeldToken held = hold();
        timer.beat.run();
        timer.beat.run();
        assertThat(heard).containsExactly("lost invalid_grant");
        assertThat(timer.stops).isEqualTo(1);
        assertThat(issuer.received()).hasSize(1);
        issuer.playing(json(200, ""));
        assertThat(held.end()).isEqualTo(new CloseOutcome.AlreadyDead(Samples.HANDLE));
    }

    @Test
    void doesNotCallATokenDeadForARefusalThatDoesNotSaySo() {
        issuer.playing(json(400, Samples.refusal("invalid_request")), busy(503, "1"));
        HeldToken held = hold();
        timer.beat.run();
        assertThat(heard).containsExactly("lost invalid_request");
        assertThat(held.end()).isInstanceOf(CloseOutcome.Failed.class);
    }

    @Test
    void beatsOnAfterABeatWithoutAnAnswer() {
        issuer.playing(html(200), RENEWED);
        hold();
        timer.beat.run();
        timer.beat.run();
        assertThat(heard).containsExactly("missed NOT_AN_ISSUER");
        assertThat(issuer.received()).hasSize(2);
    }

    @Test
    void beatsOnAfterAListenerThatThrows() {
        issuer.playing(html(200), RENEWED);
        client().hold(granted(), new LeaseListener() {
            @Override
            public void lost(Refusal refusal) {}

            @Override
            public void missed(Outage outage) {
                throw new IllegalStateException("listener");
            }
        });
        assertThatCode(timer.beat::run).doesNotThrowAnyException();
        timer.beat.run();
        assertThat(issuer.received()).hasSize(2);
    }

    @Test
    void doesNotBeatAfterTheEnd() {
        issuer.playing(json(200, ""));
        HeldToken held = hold();
        held.close();
        timer.beat.run();
        assertThat(issuer.only().path()).isEqualTo("/revoke");
        assertThat(timer.stops).isEqualTo(1);
    }

    @Test
    void beatsByItselfOnADaemonThreadUntilRefused() throws InterruptedException {
        issuer.playing(json(200, "{\"lease_expires_in\":1}"), json(200, "{\"lease_expires_in\":1}"), DEAD);
        var lost = new CountDownLatch(1);
        AtomicReference<Thread> beater = new AtomicReference<>(Thread.currentThread());
        var granted = new GrantedToken(
                TaskToken.of(Samples.TOKEN),
                Samples.HOLDER,
                Samples.HANDLE,
                Samples.TXN,
                TestClock.START.plusSeconds(600),
                Optional.of(Duration.ofSeconds(1)),
                Samples.request().details(),
                Optional.empty());
        Samples.client(issuer, clock).build().hold(granted, refusal -> {
            beater.set(Thread.currentThread());
            lost.countDown();
        });
        assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(beater.get().isDaemon()).isTrue();
        beater.get().join(10_000);
        assertThat(beater.get().isAlive()).isFalse();
        // A busy machine may send a beat again whose answer came too late.
        assertThat(issuer.received()).hasSizeGreaterThanOrEqualTo(3);
    }

    private IssuerClient client() {
        return Samples.client(issuer, clock).timer(timer).build();
    }

    private HeldToken hold() {
        return client().hold(granted(), new Ear());
    }

    private static GrantedToken granted() {
        return new GrantedToken(
                TaskToken.of(Samples.TOKEN),
                Samples.HOLDER,
                Samples.HANDLE,
                Samples.TXN,
                TestClock.START.plusSeconds(600),
                Optional.of(Duration.ofSeconds(60)),
                Samples.request().details(),
                Optional.empty());
    }
}
