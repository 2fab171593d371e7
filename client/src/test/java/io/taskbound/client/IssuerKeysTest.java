// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
    private static final Instant NOW = TestClock.START;
    private static final Outage AWAY =
            new Outage(Outage.Kind.UNREACHABLE, "away", Optional.empty(), Optional.empty(), 1, false);

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile IssuerKeys.Fetched published = keys("old");
    private final IssuerKeys keys = new IssuerKeys(() -> {
        fetches.incrementAndGet();
        return published;
    });

    @Test
    void aStormOfUnknownKidsMakesOneFetch() throws Exception {
        var slow = new IssuerKeys(() -> {
            fetches.incrementAndGet();
            pause();
            return published;
        });
        // Who comes after the fetch is told to wait, and not that the key is unknown.
        assertThat(storm(slow, 100)).noneMatch(lookup -> lookup instanceof IssuerKeys.Lookup.Found);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void looksForAnUnknownKidAgainOnlyAfterThirtySeconds() {
        find("old", NOW);
        find("forged", NOW.plusSeconds(29));
        assertThat(fetches).hasValue(1);
        find("forged", NOW.plusSeconds(30));
        assertThat(fetches).hasValue(2);
    }

    /** Nobody asked the issuer since, so that the key may be there by now. */
    @Test
    void saysWhenToAskAgainForAnUnknownKidWithinThirtySecondsOfAFetch() {
        assertThat(find("junk", NOW)).isInstanceOf(IssuerKeys.Lookup.Unknown.class);
        published = keys("new");
        for (int second : new int[] {0, 1, 12, 29}) {
            assertThat(find("new", NOW.plusSeconds(second)))
                    .isInstanceOfSatisfying(
                            IssuerKeys.Lookup.Unavailable.class,
                            none -> assertThat(none.outage().retryAfter()).contains(Duration.ofSeconds(30 - second)));
        }
        assertThat(fetches).hasValue(1);
        assertThat(find("new", NOW.plusSeconds(30))).isInstanceOf(IssuerKeys.Lookup.Found.class);
    }

    @Test
    void findsARotatedKeyAfterTheCoolDown() {
        find("old", NOW);
        published = keys("new");
        assertThat(find("new", NOW.plusSeconds(30))).isInstanceOf(IssuerKeys.Lookup.Found.class);
    }

    @Test
    void forgetsAWithdrawnKeyWithinTenMinutes() {
        find("old", NOW);
        published = keys("new");
        assertThat(find("old", NOW.plus(IssuerKeys.FRESH).minusSeconds(1))).isInstanceOf(IssuerKeys.Lookup.Found.class);
        assertThat(find("old", NOW.plus(IssuerKeys.FRESH))).isInstanceOf(IssuerKeys.Lookup.Unknown.class);
    }

    @Test
    void survivesAnHourOfOutageWithTheKeysItHas() {
        find("old", NOW);
        published = new IssuerKeys.Fetched.Failed(AWAY);
        assertThat(find("old", NOW.plus(IssuerKeys.STALE).minusSeconds(1))).isInstanceOf(IssuerKeys.Lookup.Found.class);
        assertThat(find("old", NOW.plus(IssuerKeys.STALE))).isEqualTo(new IssuerKeys.Lookup.Unavailable(AWAY));
    }

    @Test
    void doesNotCallAKidUnknownWhenNobodyCouldLook() {
        published = new IssuerKeys.Fetched.Failed(AWAY);
        assertThat(find("old", NOW)).isEqualTo(new IssuerKeys.Lookup.Unavailable(AWAY));
    }

    @Test
    void triesAgainFiveSecondsAfterAFailure() {
        published = new IssuerKeys.Fetched.Failed(AWAY);
        find("old", NOW);
        published = keys("old");
        assertThat(find("old", NOW.plusSeconds(4))).isInstanceOf(IssuerKeys.Lookup.Unavailable.class);
        assertThat(find("old", NOW.plusSeconds(5))).isInstanceOf(IssuerKeys.Lookup.Found.class);
        assertThat(fetches).hasValue(2);
    }

    private IssuerKeys.Lookup find(String kid, Instant now) {
        return keys.find(kid, now);
    }

    private static List<IssuerKeys.Lookup> storm(IssuerKeys keys, int threads)
            throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        var pending = new ArrayList<Future<IssuerKeys.Lookup>>();
        for (int i = 0; i < threads; i++) {
            String kid = "forged-" + i;
            Callable<IssuerKeys.Lookup> one = () -> {
                start.await();
                return keys.find(kid, NOW);
            };
            pending.add(pool.submit(one));
        }
        start.countDown();
        var found = new ArrayList<IssuerKeys.Lookup>();
        for (Future<IssuerKeys.Lookup> one : pending) {
            found.add(one.get());
        }
        pool.shutdown();
        return found;
    }

    private static IssuerKeys.Fetched keys(String kid) {
        ECKey key = new TokenForge("https://tokens.acme.example", kid).publicKey();
        return new IssuerKeys.Fetched.Keys(Map.of(kid, key));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(Duration.ofMillis(100).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
