// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import java.time.Instant;
import java.util.Optional;

/**
 * What one person decided before the token was granted.
 *
 * @param decision {@code approve} or {@code deny}
 * @param provider that vouched for the person, by its name in the policy
 * @param issuer URL of that provider
 * @param person the person's immutable id there
 * @param name for people to read
 * @param textHash base64url of SHA-256 of the text that the person was shown
 * @param comment what the person wrote
 */
public record ReceiptDecision(
        String decision,
        Instant at,
        String provider,
        String issuer,
        String person,
        String name,
        String textHash,
        Optional<String> comment) {}
