// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import com.nimbusds.jose.jwk.ECKey;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.internal.EcKeySet;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies receipts offline, with keys that its user knows to be the issuer's: it fetches nothing and asks nobody. An
 * accepted receipt says what the issuer's ledger knew when the receipt was made, and no more: a resource server has
 * redeemed, which is not that the work was done. Thread-safe.
 */
public final class ReceiptVerifier {
    /** Characters; a hundred uses of the longest targets stay below it. */
    public static final int MAX_LENGTH = 256 * 1024;

    private final Map<String, ECKey> keys;
    private final Optional<IssuerUrl> issuer;

    private ReceiptVerifier(Map<String, ECKey> keys, Optional<IssuerUrl> issuer) {
        this.keys = Map.copyOf(keys);
        this.issuer = issuer;
    }

    /**
     * With a JWK Set, such as the issuer's {@code /.well-known/jwks.json}. Refuses one without a P-256 key for
     * signatures with {@link IllegalArgumentException}.
     */
    public static ReceiptVerifier with(String jwks) {
        var keys = EcKeySet.read(jwks);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no JWK Set with a P-256 key for signatures");
        }
        return new ReceiptVerifier(keys, Optional.empty());
    }

    /** The same, for receipts of this issuer only. */
    public ReceiptVerifier ofIssuer(IssuerUrl url) {
        return new ReceiptVerifier(keys, Optional.of(url));
    }

    /** The key with this id; for tools that want one key by itself. */
    public Optional<ECKey> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    /** Checks one receipt. The text may be anything. */
    public ReceiptVerification verify(String text) {
        try {
            return new ReceiptVerification.Accepted(verified(text));
        } catch (Flawed flawed) {
            return new ReceiptVerification.Rejected(flawed.flaw());
        }
    }

    /** What is inside is read after the signature is checked, and not before. */
    private VerifiedReceipt verified(String text) throws Flawed {
        var envelope = new EnvelopeReader(text).read();
        var key = key(envelope.keyId()).orElseThrow(() -> new Flawed(ReceiptFlaw.UNKNOWN_KEY));
        Flawed.unless(envelope.isSignedBy(key), ReceiptFlaw.BAD_SIGNATURE);
        var receipt = StatementReader.read(envelope.payload(), envelope.keyId());
        Flawed.unless(issuer.filter(url -> !url.isNamedBy(receipt.issuer())).isEmpty(), ReceiptFlaw.WRONG_ISSUER);
        return receipt;
    }
}
