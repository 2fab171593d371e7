// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import java.time.Instant;
import java.util.Optional;

/**
 * The change window in which the token was granted.
 *
 * @param end when it was to end, by the policy that allowed it
 * @param change the id of the approved change that it was for, where that policy names one
 */
public record ReceiptWindow(Instant end, Optional<String> change) {}
