// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import io.taskbound.bench.Scene;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Signed by the stand-in CI provider with RS256 and 2,048 bits. Each is of a run of its own, as most are. Nothing is
 * fetched from the provider: every candidate is given its keys.
 */
final class IdTokens implements AutoCloseable {
    static final String ISSUER = "https://ci.acme.example";
    private final Clock clock;
    private final StandInProvider provider;
    private final AtomicLong numbers = new AtomicLong();

    IdTokens(Clock clock) {
        this.clock = clock;
        this.provider = StandInProvider.start(clock);
    }

    String jwks() {
        return provider.jwks();
    }

    /** Of acme/shop's main branch, from now on good for five minutes. */
    List<String> make(int count) {
        return signed(
                count,
                number -> provider.github("acme/shop", "main")
                        .forAudience(Scene.ISSUER)
                        .with("iss", ISSUER)
                        .with("jti", "id-token-" + number)
                        .with("run_id", Long.toString(number)));
    }

    /** Any others that this provider's key signs. */
    List<String> signed(int count, Function<Long, ClaimSet> claims) {
        long first = numbers.getAndAdd(count);
        return LongStream.range(first, first + count)
                .parallel()
                .mapToObj(number -> provider.idToken(claims.apply(number)))
                .toList();
    }

    Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        provider.close();
    }
}
