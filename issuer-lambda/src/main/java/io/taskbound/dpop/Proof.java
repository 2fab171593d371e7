// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import io.taskbound.token.KeyThumbprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A proof in good form whose signature is verified by the key that it names (RFC 9449 section 4.2). Whose key that is,
 * and what the proof is good for, the checks here say. Only {@link ProofReader} makes it.
 */
public final class Proof implements ReadProof {
    /** Whoever makes a proof may have a clock that is ahead of ours. */
    static final Duration MAX_AHEAD = Duration.ofSeconds(30);

    private final KeyThumbprint key;
    private final String id;
    private final String method;
    private final RequestUrl url;
    private final Instant issued;
    private final Optional<String> nonce;
    private final Optional<String> tokenHash;

    Proof(
            KeyThumbprint key,
            String id,
            String method,
            RequestUrl url,
            Instant issued,
            Optional<String> nonce,
            Optional<String> tokenHash) {
        this.key = key;
        this.id = id;
        this.method = method;
        this.url = url;
        this.issued = issued;
        this.nonce = nonce;
        this.tokenHash = tokenHash;
    }

    /** Of the key that has signed it. */
    public KeyThumbprint key() {
        return key;
    }

    /** Its {@code jti}: the same key makes no two proofs with the same one. */
    public String id() {
        return id;
    }

    public Optional<String> nonce() {
        return nonce;
    }

    /**
     * Whether it is for this request, and made just now.
     *
     * @param requestMethod as received; methods are told apart by case (RFC 9110 section 9.1)
     * @param maxAge exactly so old is not yet too old
     */
    public Optional<BadProof> faultFor(String requestMethod, RequestUrl requestUrl, Duration maxAge, Instant now) {
        if (!method.equals(requestMethod)) {
            return fault(ProofRule.REQUEST, "is for another method");
        }
        if (!url.equals(requestUrl)) {
            return fault(ProofRule.REQUEST, "is for another URL");
        }
        if (issued.isAfter(now.plus(MAX_AHEAD))) {
            return fault(
                    ProofRule.TIME, "is from the future: its iat is more than " + MAX_AHEAD.toSeconds() + " s ahead");
        }
        return now.isAfter(issued.plus(maxAge))
                ? fault(ProofRule.TIME, "is too old: its iat may be at most " + maxAge.toSeconds() + " s ago")
                : Optional.empty();
    }

    /**
     * Whether it is for this token.
     *
     * @param token its whole text
     * @param boundTo the key that the token is bound to
     */
    public Optional<BadProof> faultForToken(String token, KeyThumbprint boundTo) {
        if (!key.equals(boundTo)) {
            return fault(ProofRule.KEY, "is of another key than the token's");
        }
        return tokenHash.equals(Optional.of(Base64Url.encode(Sha256.of(token))))
                ? Optional.empty()
                : fault(ProofRule.TOKEN, "has no ath, or the one of another token");
    }

    private static Optional<BadProof> fault(ProofRule rule, String what) {
        return Optional.of(new BadProof(rule, what));
    }

    @Override
    public <T> T match(Function<Proof, T> good, Function<BadProof, T> bad) {
        return good.apply(this);
    }

    @Override
    public String toString() {
        return "Proof[" + key + "]";
    }
}
