// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.Trouble;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A provider that changes its key again and again and cannot be reached for a while just then, so that no instance has
 * the new key. The old one stays published, as its ID tokens may still be used.
 */
final class ProviderOutages {
    private static final int EVERY = 200;
    private static final Duration LONG = Duration.ofSeconds(20);
    /** Those that need no real time. */
    private static final List<Trouble> KINDS =
            List.of(Trouble.DOWN, Trouble.ERROR, Trouble.REDIRECTING, Trouble.WEB_PAGE);

    private final StandInProvider provider;
    private final Clock clock;
    private int outages;
    private Instant over = Instant.MIN;

    ProviderOutages(StandInProvider provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /** Told of each new token, by its number. */
    synchronized void reached(int number) {
        if (number % EVERY == 1) {
            // First, so that nobody sees the new key without the old one.
            provider.trouble(KINDS.get(outages % KINDS.size()));
            var old = provider.jwks();
            provider.rotateKey(false);
            provider.publishKeys(both(provider.jwks(), old));
            outages++;
            over = clock.instant().plus(LONG);
        }
    }

    /** Told whenever time has passed. */
    synchronized void timePassed() {
        if (!clock.instant().isBefore(over)) {
            provider.trouble(Trouble.NONE);
        }
    }

    synchronized int count() {
        return outages;
    }

    private static String both(String one, String other) {
        try {
            var keys = new ArrayList<Object>();
            for (var set : List.of(one, other)) {
                keys.addAll(JSONObjectUtils.getJSONArray(JSONObjectUtils.parse(set), "keys"));
            }
            return JSONObjectUtils.toJSONString(Map.of("keys", keys));
        } catch (ParseException ours) {
            throw new AssertionError(ours);
        }
    }
}
