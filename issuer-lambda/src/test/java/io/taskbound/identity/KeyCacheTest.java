// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static io.taskbound.identity.Scene.NOW;
import static io.taskbound.identity.Scene.rejection;
import static io.taskbound.identity.Scene.verified;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonText;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long keys are kept and how often they are fetched (threat model R34 to R36). */
class KeyCacheTest {
    private StandInProvider signer;
    private ScriptedKeys keys;
    private IdentityVerifier verifier;

    @BeforeEach
    void start() {
        signer = Scene.signer(Dialect.JENKINS, "ES256");
        keys = new ScriptedKeys(signer.jwks());
        verifier = verifier(keys);
    }

    @AfterEach
    void stop() {
        signer.close();
    }

    private IdentityVerifier verifier(KeyFetcher fetcher) {
        var source = new KeySource.JwksUri(URI.create("https://ci.acme.example/oidc/jwks"));
        return new IdentityVerifier(List.of(Scene.provider("jenkins", signer.issuer(), source, "ES256")), fetcher);
    }

    private Verification at(Instant now) {
        return at(now, signer.kid());
    }

    /** A token issued at that moment, so that only the keys decide. */
    private Verification at(Instant now, String kid) {
        return verifier.verify(IdToken.of(token(now, kid)), new Purpose.Closing(), now);
    }

    private String token(Instant now, String kid) {
        var claims = signer.jenkins("shop/main", 42)
                .forAudience(Scene.AUDIENCE)
                .with("iat", now.getEpochSecond())
                .with("exp", now.getEpochSecond() + 600);
        var header = "{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}";
        return signer.sign(header, JsonText.of(Proven.json(claims)).getBytes(UTF_8));
    }

    private void forgedAt(Instant now) {
        var token = token(now, signer.kid());
        var other = token(now.plusSeconds(1), signer.kid());
        var forged = token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        assertThat(rejection(verifier.verify(IdToken.of(forged), new Purpose.Closing(), now)))
                .isEqualTo(Rejection.KEY_CHANGED);
    }

    private void rotate(boolean keepKid) {
        signer.rotateKey(keepKid);
        keys.jwks = signer.jwks();
    }

    @Test
    void fetchesNothingBeforeTheFirstTokenAndOnceForManyAfter() {
        assertThat(keys.fetches).hasValue(0);
        for (int i = 0; i < 10; i++) {
            verified(at(NOW.plusSeconds(i)));
        }
        assertThat(keys.fetches).hasValue(1);
    }

    @Test
    void fetchesAgainAfterTenMinutesAndNotBefore() {
        verified(at(NOW));
        verified(at(NOW.plus(Duration.ofMinutes(10)).minusMillis(1)));
        assertThat(keys.fetches).hasValue(1);
        verified(at(NOW.plus(Duration.ofMinutes(10))));
        assertThat(keys.fetches).hasValue(2);
    }

    @Test
    void forgetsAWithdrawnKeyWithinItsNormalLife() {
        verified(at(NOW));
        keys.jwks = "{\"keys\":[]}";
        verified(at(NOW.plusSeconds(599)));
        assertThat(rejection(at(NOW.plusSeconds(600)))).isEqualTo(Rejection.UNKNOWN_KEY);
    }

    @Test
    void survivesAnOutageOfAnHourWithWarmKeys() {
        verified(at(NOW));
        keys.down = true;
        for (int minute = 1; minute < 70; minute++) {
            var identity = verified(at(NOW.plus(Duration.ofMinutes(minute))));
            assertThat(identity.keysStale()).isEqualTo(minute >= 10);
            assertThat(identity.staleBecause().isPresent()).isEqualTo(minute >= 10);
        }
        var late = at(NOW.plus(Duration.ofMinutes(70)));

        assertThat(late).isInstanceOf(Verification.Unavailable.class);
        keys.down = false;
        verified(at(NOW.plus(Duration.ofMinutes(71))));
    }

    @Test
    void triesOnceIn30SecondsWhileKeysAreStale() {
        verified(at(NOW));
        keys.down = true;
        var stale = NOW.plus(Duration.ofMinutes(15));
        for (int second = 0; second < 60; second++) {
            verified(at(stale.plusSeconds(second)));
        }
        assertThat(keys.fetches).hasValue(3);
    }

    @Test
    void refusesNobodyAndTellsWhenToRetryWhileThereAreNoKeys() {
        keys.down = true;
        var first = (Verification.Unavailable) at(NOW);
        var second = (Verification.Unavailable) at(NOW.plusMillis(1500));

        assertThat(first.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(second.retryAfter()).isEqualTo(Duration.ofSeconds(4));
        assertThat(keys.fetches).hasValue(1);
        keys.down = false;
        verified(at(NOW.plusSeconds(5)));
    }

    @Test
    void acceptsANewKeyAtOnce() {
        verified(at(NOW));
        rotate(false);
        var identity = verified(at(NOW.plusSeconds(1)));

        assertThat(identity.keyChanged()).isFalse();
        assertThat(keys.fetches).hasValue(2);
    }

    @Test
    void fetchesForUnknownKeyIdsOnceIn30Seconds() {
        verified(at(NOW));
        assertThat(rejection(at(NOW, "unknown"))).isEqualTo(Rejection.UNKNOWN_KEY);
        for (int i = 1; i < 30; i++) {
            notAskedYet(at(NOW.plusSeconds(i), "unknown-" + i), 30 - i);
        }
        assertThat(keys.fetches).hasValue(2);
        assertThat(rejection(at(NOW.plusSeconds(30), "unknown"))).isEqualTo(Rejection.UNKNOWN_KEY);
        assertThat(keys.fetches).hasValue(3);
    }

    private static void notAskedYet(Verification answer, int seconds) {
        assertThat(answer).isInstanceOfSatisfying(Verification.Unavailable.class, unknown -> {
            assertThat(unknown.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(unknown.why().kind()).isEqualTo(KeyTrouble.Kind.ASKED_RECENTLY);
        });
    }

    /** Junk under an unknown key id begins the cool-down; what comes then is not known, and not refused permanently. */
    @Test
    void takesATokenUnderANewKeyAfterTheCoolDownThatJunkBegan() {
        verified(at(NOW));
        assertThat(rejection(at(NOW.plusSeconds(1), "junk"))).isEqualTo(Rejection.UNKNOWN_KEY);
        rotate(false);

        notAskedYet(at(NOW.plusMillis(1500)), 30);
        notAskedYet(at(NOW.plusSeconds(7)), 24);
        notAskedYet(at(NOW.plusMillis(30_999)), 1);
        assertThat(keys.fetches).hasValue(2);
        verified(at(NOW.plusSeconds(31)));
        assertThat(keys.fetches).hasValue(3);
    }

    /** The provider publishes its new key a moment after it signed with it. */
    @Test
    void looksAgainForAKeyThatWasPublishedAfterItsFirstToken() {
        verified(at(NOW));
        signer.rotateKey(false);
        assertThat(rejection(at(NOW.plusSeconds(1)))).isEqualTo(Rejection.UNKNOWN_KEY);
        keys.jwks = signer.jwks();

        notAskedYet(at(NOW.plusSeconds(2)), 29);
        verified(at(NOW.plusSeconds(31)));
    }

    /** The first of all fetches was made for junk. */
    @Test
    void takesATokenUnderANewKeyAfterAColdStartForJunk() {
        assertThat(rejection(at(NOW, "junk"))).isEqualTo(Rejection.UNKNOWN_KEY);
        rotate(false);

        notAskedYet(at(NOW.plusSeconds(10)), 20);
        verified(at(NOW.plusSeconds(30)));
    }

    /** A key that is there did not make the signature: an answer, whenever the keys were fetched. */
    @Test
    void refusesAForgedSignatureInTheCoolDown() {
        verified(at(NOW));
        assertThat(rejection(at(NOW.plusSeconds(1), "junk"))).isEqualTo(Rejection.UNKNOWN_KEY);
        forgedAt(NOW.plusSeconds(2));
        assertThat(keys.fetches).hasValue(2);
    }

    @Test
    void saysThatAKeySetHoldsNothingUsable() {
        keys.jwks = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}";

        assertThat(at(NOW)).isInstanceOfSatisfying(Verification.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(Rejection.UNKNOWN_KEY);
            assertThat(rejected.detail().orElseThrow()).startsWith("no_usable_key: none of the 1 keys");
        });
    }

    @Test
    void countsTheVeryFirstFetchWhenItWasMadeForAnUnknownKeyId() {
        assertThat(rejection(at(NOW, "unknown"))).isEqualTo(Rejection.UNKNOWN_KEY);
        for (int i = 1; i < 30; i++) {
            notAskedYet(at(NOW.plusSeconds(i), "unknown-" + i), 30 - i);
        }
        assertThat(keys.fetches).hasValue(1);
    }

    /** Jenkins keeps the key id when the key changes: the signature fails until the keys are fetched again. */
    @Test
    void acceptsAChangedKeyUnderTheSameIdAndSaysSo() {
        verified(at(NOW));
        rotate(true);

        assertThat(verified(at(NOW.plusSeconds(1))).keyChanged()).isTrue();
        assertThat(verified(at(NOW.plusSeconds(2))).keyChanged()).isFalse();
        assertThat(keys.fetches).hasValue(2);
    }

    @Test
    void fetchesForForgedSignaturesOnceIn30Seconds() {
        verified(at(NOW));
        for (int i = 0; i < 30; i++) {
            forgedAt(NOW.plusSeconds(i));
        }
        assertThat(keys.fetches).hasValue(2);
    }

    @Test
    void doesNotKnowWhetherAnUnknownKeyExistsWhileItsIssuerIsDown() {
        verified(at(NOW));
        keys.down = true;

        for (int i = 1; i < 5; i++) {
            assertThat(at(NOW.plusSeconds(i), "new-key")).isInstanceOf(Verification.Unavailable.class);
            verified(at(NOW.plusSeconds(i)));
        }
        assertThat(keys.fetches).hasValue(2);
    }

    @Test
    void knowsAForgedSignatureAlsoWhileTheIssuerIsDown() {
        verified(at(NOW));
        keys.down = true;
        forgedAt(NOW.plusSeconds(1));
        forgedAt(NOW.plusSeconds(2));
    }

    @Test
    void fetchesOnceForAHundredUnknownKeyIdsAtTheSameTime() throws Exception {
        verified(at(NOW));
        stormOf("unknown-");
        assertThat(keys.fetches).hasValue(2);
    }

    @Test
    void fetchesOnceForAHundredUnknownKeyIdsWithNothingCached() throws Exception {
        stormOf("unknown-");
        assertThat(keys.fetches).hasValue(1);
    }

    /** Who waited for the fetch is refused; who came too late for it, on a busy machine, is told to come again. */
    private void stormOf(String kid) throws Exception {
        var arrived = new CountDownLatch(100);
        // The one fetch lasts until all hundred are there.
        keys.pause = () -> {
            arrived.await(60, TimeUnit.SECONDS);
            Thread.sleep(200);
        };
        var tokens = IntStream.range(0, 100).mapToObj(i -> token(NOW, kid + i)).toList();
        var threads = Executors.newFixedThreadPool(100);
        try {
            var answers = threads.invokeAll(tokens.stream()
                    .<Callable<Verification>>map(token -> () -> {
                        arrived.countDown();
                        return verifier.verify(IdToken.of(token), new Purpose.Closing(), NOW);
                    })
                    .toList());
            for (var answer : answers) {
                assertThat(answer.get()).isNotInstanceOf(Verification.Verified.class);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void acceptsAHundredTokensUnderANewKeyWithOneFetch() throws Exception {
        verified(at(NOW));
        rotate(false);
        var token = token(NOW.plusSeconds(1), signer.kid());
        keys.pause = () -> Thread.sleep(200);
        var threads = Executors.newFixedThreadPool(100);
        try {
            var answers = threads.invokeAll(Collections.nCopies(100, (Callable<Verification>)
                    () -> verifier.verify(IdToken.of(token), new Purpose.Closing(), NOW.plusSeconds(1))));
            for (var answer : answers) {
                verified(answer.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(keys.fetches).hasValue(2);
    }

    @Test
    void waitsForNobodyWhileStaleKeysAreFetchedAgain() throws Exception {
        verified(at(NOW));
        var release = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        keys.pause = () -> {
            begun.countDown();
            release.await();
        };
        var later = NOW.plus(Duration.ofMinutes(11));
        var slow = Executors.newSingleThreadExecutor();
        try {
            var refresh = slow.submit(() -> at(later));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            verified(at(later));
            assertThat(refresh.isDone()).isFalse();
            release.countDown();
            verified(refresh.get(60, TimeUnit.SECONDS));
        } finally {
            release.countDown();
            slow.shutdownNow();
        }
    }

    @Test
    void keepsASlowIssuerFromHoldingUpAnother() throws Exception {
        var release = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        try (var other = Scene.signer(Dialect.GITHUB, "ES256")) {
            var both = new IdentityVerifier(
                    List.of(
                            Scene.provider("jenkins", signer.issuer(), uri("slow"), "ES256"),
                            Scene.provider("github", other.issuer(), uri("fast"), "ES256")),
                    uri -> {
                        if (uri.getHost().startsWith("slow")) {
                            begun.countDown();
                            new ScriptedPause(release).await();
                        }
                        return (uri.getHost().startsWith("slow") ? signer : other)
                                .jwks()
                                .getBytes(UTF_8);
                    });
            var waiting = Executors.newSingleThreadExecutor();
            try {
                var slow = waiting.submit(
                        () -> both.verify(IdToken.of(token(NOW, signer.kid())), new Purpose.Closing(), NOW));
                assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
                var token = other.idToken(other.github("acme/shop", "main").forAudience(Scene.AUDIENCE));
                verified(both.verify(IdToken.of(token), new Purpose.Closing(), NOW));
                assertThat(slow.isDone()).isFalse();
                release.countDown();
                verified(slow.get(60, TimeUnit.SECONDS));
            } finally {
                release.countDown();
                waiting.shutdownNow();
            }
        }
    }

    private record ScriptedPause(CountDownLatch release) {
        void await() {
            try {
                release.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static KeySource uri(String host) {
        return new KeySource.JwksUri(URI.create("https://" + host + ".example/jwks"));
    }

    @Test
    void neverFetchesForPinnedKeysAndNamesAChangedOne() {
        var pinned = new KeySource.Pinned(Proven.json(signer.jwks()));
        verifier = new IdentityVerifier(List.of(Scene.provider("jenkins", signer.issuer(), pinned, "ES256")), keys);
        verified(at(NOW));
        signer.rotateKey(true);

        assertThat(at(NOW)).isInstanceOfSatisfying(Verification.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(Rejection.KEY_CHANGED);
            assertThat(rejected.detail()).contains("key id task-tokens");
        });
        assertThat(rejection(at(NOW, "unknown"))).isEqualTo(Rejection.UNKNOWN_KEY);
        assertThat(keys.fetches).hasValue(0);
    }
}
