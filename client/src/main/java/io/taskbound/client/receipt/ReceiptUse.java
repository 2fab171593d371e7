// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import java.time.Instant;

/** A resource server redeemed the token for this action on this target; whether the work was done it does not say. */
public record ReceiptUse(Instant at, String server, String action, String identifier) {}
