// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import java.time.Instant;
import java.util.Optional;

/**
 * The credential of a foreign service that was handed out for the token.
 *
 * @param kind of the resource server, such as {@code github-app}; open, since issuers grow
 * @param state {@code asked}, {@code unheard}, {@code delivered}, {@code not_made}, {@code revoked} or {@code expired}
 * @param deliveries how often one was handed out
 * @param aliveUntil when it is dead for certain, even if nobody revokes it
 * @param ended when it was revoked, or died by itself
 */
public record ReceiptCredential(
        String kind, String state, long deliveries, Instant aliveUntil, Optional<Instant> ended) {}
