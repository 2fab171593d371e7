// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import java.time.Duration;

/** The result of a heartbeat. */
public sealed interface RenewAnswer {

    /** @param left how long the lease runs from now; never past the token's expiry */
    record Renewed(Duration left) implements RenewAnswer {}

    record Refused(Refusal refusal) implements RenewAnswer {}
}
