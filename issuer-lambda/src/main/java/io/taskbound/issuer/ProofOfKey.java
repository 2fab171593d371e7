// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.dpop.BadProof;
import io.taskbound.dpop.Proof;
import io.taskbound.dpop.ProofReader;
import io.taskbound.dpop.ProofRule;
import io.taskbound.dpop.ProofText;
import io.taskbound.dpop.ReadProof;
import io.taskbound.dpop.RequestUrl;
import io.taskbound.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks the proof by which a client offers a key when it asks for a token (RFC 9449 section 5). Which proofs were used
 * is not remembered here: the ID token of the same request is good for one token only, and the answer that repeats is
 * for the same key.
 */
final class ProofOfKey {
    /** A client repeats the same bytes until the issuer is back, which may take minutes. */
    private static final Duration MAX_AGE = Duration.ofSeconds(300);

    private final RequestUrl endpoint;
    private final Ledger ledger;

    /** @param issuer our own issuer URL */
    ProofOfKey(String issuer, Ledger ledger) {
        this.endpoint = RequestUrl.of(withoutSlash(issuer) + "/token")
                .orElseThrow(() -> new IllegalArgumentException("the issuer's URL is none of http or https"));
        this.ledger = ledger;
    }

    private static String withoutSlash(String issuer) {
        return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    }

    ReadProof check(ProofText offered, Instant now) {
        return ProofReader.read(offered)
                .match(proof -> fault(proof, now).<ReadProof>map(bad -> bad).orElse(proof), bad -> bad);
    }

    /** A nonce is not demanded: an ID token is short-lived enough. One that is there must be fresh. */
    private Optional<BadProof> fault(Proof proof, Instant now) {
        return proof.faultFor("POST", endpoint, MAX_AGE, now)
                .or(() -> proof.nonce()
                        .filter(nonce -> !ledger.keyProofs().nonces(now).include(nonce))
                        .map(old -> new BadProof(ProofRule.NONCE, "has an old nonce")));
    }
}
