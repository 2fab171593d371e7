// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import io.taskbound.cli.idtoken.IdTokenSource;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A person with an ID token, before an issuer. */
final class Person {
    /** Whoever thinks longer shows a fresh ID token with the decision: one gets too old within minutes. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final IssuerClient issuer;
    private final IdTokenSource source;
    private final String audience;
    private final Clock clock;
    private Optional<Fetched> latest = Optional.empty();

    private record Fetched(IdToken idToken, Instant at) {}

    Person(IssuerClient issuer, IdTokenSource source, String audience, Clock clock) {
        this.issuer = issuer;
        this.source = source;
        this.audience = audience;
        this.clock = clock;
    }

    IssuerClient issuer() {
        return issuer;
    }

    IdToken idToken() throws Complaint {
        var now = clock.instant();
        var still = latest.filter(known -> now.isBefore(known.at().plus(FRESH)));
        latest = Optional.of(still.isPresent() ? still.get() : new Fetched(source.fetch(audience), now));
        return latest.get().idToken();
    }
}
