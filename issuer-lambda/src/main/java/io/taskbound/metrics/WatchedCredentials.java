// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.ledger.CredentialRecord;
import io.taskbound.ledger.Credentials;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Credentials that answer as others do, timed as a part of the ledger. */
record WatchedCredentials(Credentials credentials, Stopwatch watch) implements Credentials {
    @Override
    public Look look(Jti jti) {
        return watch.time(TimedPart.LEDGER, () -> credentials.look(jti));
    }

    @Override
    public Optional<TokenRecord> count(TokenRecord seen, HolderChallenge holder, Instant now) {
        return watch.time(TimedPart.LEDGER, () -> credentials.count(seen, holder, now));
    }

    @Override
    public Optional<CredentialRecord> write(CredentialRecord next, Optional<CredentialRecord> seen) {
        return watch.time(TimedPart.LEDGER, () -> credentials.write(next, seen));
    }

    @Override
    public boolean due(int shard, Instant now, Predicate<Jti> next) {
        return credentials.due(shard, now, next);
    }
}
