// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import io.taskbound.client.IssuerClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the service can let anything in. It asks for the issuer's public keys, at most every ten seconds, which
 * leaves nothing in the issuer's audit log; and it remembers for a minute that the issuer refused the service's own
 * name and secret, so that a service that gets no requests because of that is seen to recover.
 */
final class IssuerHealth implements EnforcementListener {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration REFUSED = Duration.ofMinutes(1);

    private final IssuerClient issuer;
    private final Clock clock;
    private volatile Optional<Looked> last = Optional.empty();
    private volatile Instant refusedUntil = Instant.EPOCH;

    /** @param fault empty when all is well */
    private record Looked(Instant at, Optional<String> fault) {}

    IssuerHealth(IssuerClient issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    String issuer() {
        return issuer.issuer().toString();
    }

    /** What is wrong; empty when all is well. */
    Optional<String> fault() {
        var now = clock.instant();
        if (now.isBefore(refusedUntil)) {
            return Optional.of("the issuer refuses taskbound.server with the secret in taskbound.secret-file");
        }
        return last.filter(looked -> now.isBefore(looked.at().plus(FRESH)))
                .orElseGet(() -> look(now))
                .fault();
    }

    private Looked look(Instant now) {
        var looked = new Looked(
                now,
                issuer.publishedKeys()
                        .match(
                                published -> Optional.empty(),
                                unavailable -> Optional.of(unavailable.outage().sentence())));
        last = Optional.of(looked);
        return looked;
    }

    @Override
    public void decided(String reason, int status, long nanos) {
        if (reason.equals("misconfigured")) {
            refusedUntil = clock.instant().plus(REFUSED);
        } else if (status == 200) {
            refusedUntil = Instant.EPOCH;
        }
    }
}
