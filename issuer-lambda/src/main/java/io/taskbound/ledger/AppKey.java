// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.token.KeyRecord;
import java.time.Instant;

/**
 * Where the private key of a GitHub App is, as the table has it.
 *
 * @param kept sealed under a context of table and App, or in KMS itself
 * @param made when it was imported
 * @param by who imported it
 */
public record AppKey(KeyRecord.KeyLocation kept, Instant made, String by) {}
