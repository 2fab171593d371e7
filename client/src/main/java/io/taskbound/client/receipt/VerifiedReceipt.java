// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What a receipt says whose signature {@link ReceiptVerifier} has checked; nobody else makes one. It is what the ledger
 * knew at {@link #made}.
 */
public final class VerifiedReceipt {
    private final String keyId;
    private final String statement;
    private final StatementReader.Parts parts;

    VerifiedReceipt(String keyId, String statement, StatementReader.Parts parts) {
        this.keyId = keyId;
        this.statement = statement;
        this.parts = parts;
    }

    /** The {@code kid} of the key that signed it. */
    public String keyId() {
        return keyId;
    }

    /** The in-toto Statement, exactly as it was signed. */
    public String statement() {
        return statement;
    }

    /** The issuer's URL. */
    public String issuer() {
        return parts.issuer();
    }

    /** The token's {@code jti}. */
    public String handle() {
        return parts.handle();
    }

    /** The task, by its name in the policy. */
    public String task() {
        return parts.task();
    }

    /** Who asked for the token. */
    public ReceiptRequester requester() {
        return parts.requester();
    }

    /** What the token permitted. */
    public List<ReceiptPermission> permissions() {
        return parts.permissions();
    }

    /** The resource server's name in the policy. */
    public String resourceServer() {
        return parts.resourceServer();
    }

    /** The version of the policy that allowed it. */
    public long policyVersion() {
        return parts.policyVersion();
    }

    /** That policy's hash. */
    public String policyHash() {
        return parts.policyHash();
    }

    /** When it was made. */
    public Instant issued() {
        return parts.issued();
    }

    /** When it would have expired, had nothing ended it before. */
    public Instant expires() {
        return parts.expires();
    }

    /** Thumbprint of the key that the token was bound to; empty for a token that was bound to none. */
    public Optional<String> keyThumbprint() {
        return parts.keyThumbprint();
    }

    /** What people decided before it was granted; empty where nobody had to. */
    public Optional<ReceiptApproval> approval() {
        return parts.approval();
    }

    /** The change window in which it was granted; empty for a task that may be done at any time. */
    public Optional<ReceiptWindow> window() {
        return parts.window();
    }

    /** Whether its expiry is the end of that window: whoever was late for it was late for the window. */
    public boolean expiresWithItsWindow() {
        return window().filter(
                        there -> there.end().truncatedTo(ChronoUnit.SECONDS).equals(expires()))
                .isPresent();
    }

    /** How often each target could be used; empty where there was no limit. */
    public Optional<Long> maxUses() {
        return parts.maxUses();
    }

    /** All uses, also those that are not among {@link #uses}. */
    public long useCount() {
        return parts.useCount();
    }

    /** The first uses, at most a hundred, in their order. */
    public List<ReceiptUse> uses() {
        return parts.uses();
    }

    /** The foreign credential that was asked for with the token; empty where none was. */
    public Optional<ReceiptCredential> credential() {
        return parts.credential();
    }

    /** {@code active}, {@code closed}, {@code revoked}, {@code spent}, {@code lapsed} or {@code expired}. */
    public String state() {
        return parts.state();
    }

    /** Empty while the token was alive. */
    public Optional<ReceiptEnd> end() {
        return parts.end();
    }

    /** When the receipt was made. */
    public Instant made() {
        return parts.made();
    }

    @Override
    public String toString() {
        return "VerifiedReceipt[" + handle() + ", " + state() + "]";
    }
}
