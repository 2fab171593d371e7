// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;

/**
 * One secret of a hook, as the table has it.
 *
 * @param id random; names it for people, and binds what is sealed
 * @param sealed what KMS made of the secret, in base64; of no use without {@code kms:Decrypt}
 * @param by who made it
 */
public record SealedHookSecret(String id, String sealed, Instant made, String by) {}
