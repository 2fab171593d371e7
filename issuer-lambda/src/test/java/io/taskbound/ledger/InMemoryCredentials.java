// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The contract of credentials in the simplest form. */
final class InMemoryCredentials implements Credentials {
    private final InMemoryLedger ledger;
    private final Map<Jti, CredentialRecord> records = new LinkedHashMap<>();
    private int writes;

    InMemoryCredentials(InMemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Look look(Jti jti) {
        synchronized (ledger) {
            return new Look(ledger.lookUp(jti), Optional.ofNullable(records.get(jti)));
        }
    }

    @Override
    public Optional<TokenRecord> count(TokenRecord seen, HolderChallenge holder, Instant now) {
        synchronized (ledger) {
            return ledger.find(seen.jti())
                    .filter(token -> token.livenessAt(now) == Liveness.ALIVE)
                    .filter(token -> token.holder().equals(Optional.of(holder)))
                    .filter(token -> token.grant().details().equals(seen.grant().details()))
                    .map(token -> Credentials.isCounted(token) ? token : ledger.keep(counted(token, now)));
        }
    }

    private static TokenRecord counted(TokenRecord token, Instant now) {
        var uses = new LinkedHashMap<>(token.uses().remembered());
        int objects = token.grant().details().json().items().size();
        for (int object = 0; object < objects; object++) {
            uses.put(CredentialItem.useKey(object), new RecordedUse(now, object, ACTION));
        }
        return new SampleToken(token)
                .withUses(token.uses().count() + objects, uses)
                .record();
    }

    @Override
    public Optional<CredentialRecord> write(CredentialRecord next, Optional<CredentialRecord> seen) {
        synchronized (ledger) {
            var there = Optional.ofNullable(records.get(next.handle()));
            if (!there.map(CredentialRecord::write).equals(seen.map(CredentialRecord::write))) {
                return Optional.empty();
            }
            writes++;
            var written = next.written(Integer.toString(writes));
            records.put(next.handle(), written);
            return Optional.of(written);
        }
    }

    @Override
    public boolean due(int shard, Instant now, Predicate<Jti> next) {
        return dueOf(shard, now).allMatch(record -> next.test(record.handle()));
    }

    private Stream<CredentialRecord> dueOf(int shard, Instant now) {
        synchronized (ledger) {
            return List.copyOf(records.values()).stream()
                    .filter(record -> Math.floorMod(record.handle().proof().hashCode(), SHARDS) == shard)
                    .filter(record ->
                            record.look().filter(at -> !at.isAfter(now)).isPresent())
                    .sorted(Comparator.comparing(record -> record.look().orElseThrow()));
        }
    }
}
