// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.ledger.CredentialRecord;
import io.taskbound.ledger.Credentials;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** No credentials of foreign services: an issuer that is measured without them asks for none. */
final class NoCredentials implements Credentials {
    static final Credentials NONE = new NoCredentials();

    private NoCredentials() {}

    @Override
    public Look look(Jti jti) {
        throw notPartOfThis();
    }

    @Override
    public Optional<TokenRecord> count(TokenRecord seen, HolderChallenge holder, Instant now) {
        throw notPartOfThis();
    }

    @Override
    public Optional<CredentialRecord> write(CredentialRecord next, Optional<CredentialRecord> seen) {
        throw notPartOfThis();
    }

    @Override
    public boolean due(int shard, Instant now, Predicate<Jti> next) {
        throw notPartOfThis();
    }

    private static UnsupportedOperationException notPartOfThis() {
        return new UnsupportedOperationException("not part of what is measured");
    }
}
