// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.dpop.BadProof;
import io.taskbound.dpop.Proof;
import io.taskbound.dpop.ProofReader;
import io.taskbound.dpop.ProofRule;
import io.taskbound.dpop.ReadProof;
import io.taskbound.ledger.KeyProofs;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.KeyProof;
import io.taskbound.policy.ResourceServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The proof that came with one use of a token (RFC 9449 section 7), if any did. Its signature is checked while the
 * ledger is asked for the token. A token that is bound to no key needs none, and one that comes along means nothing.
 */
final class ProofOfUse {
    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    private final KeyProofs ledger;
    private final Optional<PresentedProof> presented;
    private final Supplier<ReadProof> reading;

    private ProofOfUse(KeyProofs ledger, Optional<PresentedProof> presented, Supplier<ReadProof> reading) {
        this.ledger = ledger;
        this.presented = presented;
        this.reading = reading;
    }

    /** @param executor where the signature is checked */
    static ProofOfUse begin(Optional<PresentedProof> presented, KeyProofs ledger, Executor executor) {
        if (presented.isEmpty()) {
            return new ProofOfUse(ledger, presented, () -> new BadProof(ProofRule.PRESENT, "is missing"));
        }
        var text = presented.get().proof();
        var reading = CompletableFuture.supplyAsync(() -> ProofReader.read(text), executor);
        return new ProofOfUse(ledger, presented, reading::join);
    }

    boolean isThere() {
        return presented.isPresent();
    }

    /** What is wrong with it, as far as that can be said without a write; empty for a token that needs none. */
    Optional<BadProof> fault(PresentedText token, TokenRecord record, ResourceServer server, Instant now) {
        return record.key()
                .flatMap(key -> reading.get()
                        .match(
                                proof -> requestFault(proof, now)
                                        .or(() -> proof.faultForToken(token.text(), key))
                                        .or(() -> nonceFault(proof, server, now)),
                                Optional::of));
    }

    private Optional<BadProof> requestFault(Proof proof, Instant now) {
        return presented.flatMap(with -> proof.faultFor(with.method(), with.url(), MAX_AGE, now));
    }

    private Optional<BadProof> nonceFault(Proof proof, ResourceServer server, Instant now) {
        if (server.proof() != KeyProof.REQUIRED) {
            return Optional.empty();
        }
        return proof.nonce().filter(ledger.nonces(now)::include).isPresent()
                ? Optional.empty()
                : Optional.of(new BadProof(ProofRule.NONCE, "has no nonce, or an old one"));
    }

    /**
     * Uses it up; to be asked after {@link #fault}. The same proof for the same use again is the same use.
     *
     * @param useKey names the use
     */
    Optional<BadProof> usedBefore(TokenRecord record, String useKey, Instant now) {
        return record.key()
                .flatMap(key -> reading.get()
                        .match(
                                proof -> ledger.use(record.jti(), key, proof.id(), useKey, now)
                                        ? Optional.empty()
                                        : Optional.of(new BadProof(ProofRule.SINGLE_USE, "was used before")),
                                Optional::of));
    }

    /** What the next proof must carry; empty for a token that needs none. */
    Optional<String> nonce(TokenRecord record, Instant now) {
        return record.key().map(bound -> ledger.nonces(now).current());
    }
}
