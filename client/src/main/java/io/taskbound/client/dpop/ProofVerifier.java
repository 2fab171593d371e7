// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.dpop;

import io.taskbound.client.TaskToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks proofs for a server that does not leave it to the issuer (RFC 9449 section 7): form and signature, method and
 * URL, time, key, token, and that each is used once. It gives and knows no nonces. Which proofs were used it remembers
 * in this process alone: of a server with several processes, each would let the same proof in once. Keep one verifier.
 * Thread-safe.
 */
public final class ProofVerifier {
    private static final Duration MAX_AGE = Duration.ofSeconds(60);
    private static final Duration MAX_AHEAD = Duration.ofSeconds(30);
    /** A thousand a second for 90 seconds, in about 20 MB. */
    private static final int MOST_REMEMBERED = 90_000;

    private final Clock clock;
    private final UsedProofs used;

    private ProofVerifier(Clock clock, int mostRemembered) {
        this.clock = clock;
        this.used = new UsedProofs(mostRemembered, MAX_AGE.plus(MAX_AHEAD));
    }

    /** With the machine's clock. */
    public static ProofVerifier create() {
        return create(Settings.clock());
    }

    /** @param clock that says how old a proof is */
    public static ProofVerifier create(Clock clock) {
        return new ProofVerifier(clock, MOST_REMEMBERED);
    }

    static ProofVerifier remembering(int most, Clock clock) {
        return new ProofVerifier(clock, most);
    }

    /**
     * What is wrong with a proof, or nothing; then it is used up. To be asked last, when the token is known to be good.
     *
     * @param boundTo the thumbprint that the token carries as {@code cnf.jkt}
     */
    public Optional<ProofFault> fault(PresentedProof presented, TaskToken token, String boundTo) {
        Instant now = clock.instant();
        var proof = Proof.read(presented.jwt());
        return proof.isEmpty()
                ? Optional.of(ProofFault.FORM)
                : fault(proof.get(), presented, now)
                        .or(() -> fault(proof.get(), token, boundTo))
                        .or(() -> used.use(proof.get(), now));
    }

    private static Optional<ProofFault> fault(Proof proof, PresentedProof presented, Instant now) {
        boolean forRequest = proof.method().equals(presented.method())
                && RequestUrl.of(presented.url().toString())
                        .filter(proof.url()::equals)
                        .isPresent();
        if (!forRequest) {
            return Optional.of(ProofFault.REQUEST);
        }
        // Exactly so old, and exactly so far ahead, is still good.
        boolean inTime = !proof.issued().isAfter(now.plus(MAX_AHEAD))
                && !now.isAfter(proof.issued().plus(MAX_AGE));
        return inTime ? Optional.empty() : Optional.of(ProofFault.TIME);
    }

    private static Optional<ProofFault> fault(Proof proof, TaskToken token, String boundTo) {
        if (!proof.thumbprint().equals(boundTo)) {
            return Optional.of(ProofFault.KEY);
        }
        boolean forToken = proof.tokenHash().equals(Optional.of(ProofKey.hash(token.reveal())));
        return forToken ? Optional.empty() : Optional.of(ProofFault.TOKEN);
    }
}
