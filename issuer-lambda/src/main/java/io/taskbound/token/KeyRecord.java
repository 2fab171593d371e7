// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import java.time.Instant;
import java.util.Optional;

/**
 * One signing key as recorded in the table. These dates, those of the other keys and the clock decide when it is
 * published and when it signs ({@link KeySchedule}); no one needs to be present at that time.
 *
 * @param keyId its RFC 7638 thumbprint
 * @param kept where the private half is
 * @param publish when it enters the JWK Set
 * @param sign when it starts to sign, until a newer key does
 * @param removed when it is withdrawn, even if its tokens are alive; only for a key that must not be trusted any more
 * @param by who made it, as AWS names them
 */
public record KeyRecord(
        String keyId, KeyRecord.KeyLocation kept, Instant publish, Instant sign, Optional<Instant> removed, String by) {

    /** Where a private key is. */
    public sealed interface KeyLocation {
        /** @param arn of the KMS key, which signs itself and is never let out */
        record InKms(String arn) implements KeyRecord.KeyLocation {}

        /** @param secret the private key as KMS encrypted it, in base64; of no use without {@code kms:Decrypt} */
        record Sealed(String secret) implements KeyRecord.KeyLocation {}
    }

    public KeyRecord {
        if (!keyId.matches("[A-Za-z0-9_-]{43}")) {
            throw new IllegalArgumentException("keyId must be a SHA-256 thumbprint in base64url");
        }
        if (sign.isBefore(publish)) {
            throw new IllegalArgumentException("a key must not sign before it is published");
        }
    }

    public KeyRecord removedAt(Instant instant) {
        return new KeyRecord(keyId, kept, publish, sign, Optional.of(instant), by);
    }

    boolean isRemovedBy(Instant now) {
        return removed.filter(gone -> !now.isBefore(gone)).isPresent();
    }
}
