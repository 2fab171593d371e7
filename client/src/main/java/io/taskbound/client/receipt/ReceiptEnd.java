// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import java.time.Instant;
import java.util.Optional;

/**
 * How the token ended.
 *
 * @param cause a word such as {@code holder}, {@code spent} or {@code lapsed}; open, since issuers grow
 * @param by {@code holder}, {@code clock}, {@code hook}, {@code administrator}, or the name of a resource server
 * @param deadSince from when on it had been dead when somebody closed it
 */
public record ReceiptEnd(Instant at, String cause, String by, Optional<Instant> deadSince) {}
