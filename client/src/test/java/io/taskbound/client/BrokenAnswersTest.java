// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.busy;
import static io.taskbound.client.IssuerStandIn.cutOff;
import static io.taskbound.client.IssuerStandIn.endless;
import static io.taskbound.client.IssuerStandIn.html;
import static io.taskbound.client.IssuerStandIn.json;
import static io.taskbound.client.IssuerStandIn.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the network and strange servers do, over real HTTP. */
class BrokenAnswersTest {
    private final TestClock clock = new TestClock();
    private final IssuerStandIn issuer = new IssuerStandIn();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void sendsTheSameBytesAgainWhenTheAnswerIsLost() {
        issuer.playing(cutOff(), json(200, Samples.grant()));
        assertThat(mint()).isInstanceOf(MintAnswer.Granted.class);
        assertThat(issuer.received()).hasSize(2);
        assertThat(issuer.received().get(1)).isEqualTo(issuer.received().get(0));
        assertThat(issuer.received().get(0).form()).containsEntry("txn", Samples.TXN.toString());
    }

    @Test
    void saysThatARefusalCameAfterALostAnswer() {
        issuer.playing(cutOff(), json(400, Samples.refusal("invalid_request")));
        assertThat(mint())
                .asInstanceOf(type(MintAnswer.Refused.class))
                .extracting(MintAnswer.Refused::afterLostAnswer)
                .isEqualTo(true);
    }

    @Test
    void waitsAsLongAsABusyIssuerAsks() {
        issuer.playing(busy(503, "7"), busy(429, "1"), json(200, Samples.grant()));
        assertThat(mint()).isInstanceOf(MintAnswer.Granted.class);
        assertThat(clock.pauses()).containsExactly(Duration.ofMillis(7250), Duration.ofMillis(1250));
    }

    @Test
    void countsTheLifetimeFromTheTryThatWasAnswered() {
        issuer.playing(busy(503, "7"), json(200, Samples.grant()));
        assertThat(mint())
                .asInstanceOf(type(MintAnswer.Granted.class))
                .satisfies(granted -> assertThat(granted.token().expiresAt())
                        .isEqualTo(TestClock.START.plusMillis(7250).plusSeconds(600)));
    }

    @Test
    void givesUpAtOnceWhenAskedToWaitPastTheDeadline() {
        issuer.playing(busy(503, "61"));
        Outage outage = unavailable(mint());
        assertThat(outage.kind()).isEqualTo(Outage.Kind.BUSY);
        assertThat(outage.retryAfter()).contains(Duration.ofSeconds(61));
        assertThat(outage.requestId()).contains("r-busy");
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void givesUpAfterTheLastTry() {
        issuer.playing(busy(503, "1"));
        assertThat(unavailable(mint()).tries()).isEqualTo(3);
        assertThat(issuer.received()).hasSize(3);
    }

    @Test
    void refusesAnHtmlPageWithoutShowingIt() {
        issuer.playing(html(200));
        Outage outage = unavailable(mint());
        assertThat(outage.kind()).isEqualTo(Outage.Kind.NOT_AN_ISSUER);
        assertThat(outage.toString()).doesNotContain("CANARY").doesNotContain("html");
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void refusesAnAnswerOver64KilobytesWithoutReadingItAll() {
        issuer.playing(endless(16 * 1024 * 1024));
        Outage outage = unavailable(mint());
        assertThat(outage.kind()).isEqualTo(Outage.Kind.NOT_AN_ISSUER);
        assertThat(outage.sentence()).isEqualTo("the answer is longer than 64 KB");
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void refusesAnAnswerThatIsNestedTooDeep() {
        issuer.playing(json(200, "{\"access_token\":" + "[".repeat(60_000)));
        assertThat(unavailable(mint()).kind()).isEqualTo(Outage.Kind.NOT_AN_ISSUER);
        String closed = "[".repeat(30_000) + "]".repeat(30_000);
        issuer.playing(json(200, Samples.grantWith("\"deep\":" + closed)));
        assertThat(unavailable(mint()).kind()).isEqualTo(Outage.Kind.NOT_AN_ISSUER);
    }

    @Test
    void triesNoMoreWhenItOversleptTheDeadline() {
        issuer.playing(busy(503, "1"));
        IssuerClient client = Samples.client(issuer, clock)
                .sleeper(pause -> clock.advance(Duration.ofHours(1)))
                .build();
        assertThat(unavailable(client.mint(Samples.idToken(), Samples.request()))
                        .tries())
                .isEqualTo(1);
        assertThat(issuer.received()).hasSize(1);
    }

    @Test
    void takesAnAnswerOfExactly64Kilobytes() {
        String grant = Samples.grant();
        issuer.playing(json(200, grant + " ".repeat(64 * 1024 - grant.length())));
        assertThat(mint()).isInstanceOf(MintAnswer.Granted.class);
    }

    @Test
    void followsNoRedirect() {
        try (var elsewhere = new IssuerStandIn().playing(json(200, Samples.grant()))) {
            issuer.playing(redirect(elsewhere.url() + "/token"));
            assertThat(unavailable(mint()).sentence())
                    .isEqualTo("the address answered 307, a redirect, and redirects are not followed");
            assertThat(elsewhere.received()).isEmpty();
            assertThat(issuer.received()).hasSize(1);
        }
    }

    @Test
    void endsATryThatHangs() {
        issuer.playing(issuer.hang(), json(200, Samples.grant()));
        assertThat(quickMint()).isInstanceOf(MintAnswer.Granted.class);
        assertThat(issuer.received()).hasSize(2);
    }

    @Test
    void endsATryThatStallsInTheBody() {
        issuer.playing(issuer.stallInBody(), json(200, Samples.grant()));
        assertThat(quickMint()).isInstanceOf(MintAnswer.Granted.class);
        assertThat(issuer.received()).hasSize(2);
    }

    @Test
    void saysWhenNobodyListens() {
        IssuerClient client = IssuerClient.builder(IssuerUrl.of("http://127.0.0.1:9"))
                .idTokenAudience("https://tokens.acme.example")
                .clock(clock)
                .sleeper(clock)
                .patience(Samples.quick())
                .build();
        Outage outage = unavailable(client.mint(Samples.idToken(), Samples.request()));
        assertThat(outage.kind()).isEqualTo(Outage.Kind.UNREACHABLE);
        assertThat(outage.tries()).isEqualTo(3);
    }

    @Test
    void endsOnAnInterruptAndKeepsItsFlag() throws InterruptedException {
        issuer.playing(issuer.hang());
        AtomicReference<MintAnswer> answer = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        var caller = new Thread(() -> {
            IssuerClient client =
                    Samples.client(issuer, clock).patience(Patience.DEFAULT).build();
            answer.set(client.mint(Samples.idToken(), Samples.request()));
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        while (issuer.received().isEmpty()) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        caller.join();
        assertThat(unavailable(answer.get()).kind()).isEqualTo(Outage.Kind.INTERRUPTED);
        assertThat(flag.get()).isTrue();
        assertThat(issuer.received()).hasSize(1);
    }

    private MintAnswer quickMint() {
        IssuerClient client =
                Samples.client(issuer, clock).patience(Samples.quick()).build();
        return client.mint(Samples.idToken(), Samples.request());
    }

    private MintAnswer mint() {
        return Samples.client(issuer, clock).build().mint(Samples.idToken(), Samples.request());
    }

    private static Outage unavailable(MintAnswer answer) {
        assertThat(answer).isInstanceOf(MintAnswer.Unavailable.class);
        return ((MintAnswer.Unavailable) answer).outage();
    }
}
