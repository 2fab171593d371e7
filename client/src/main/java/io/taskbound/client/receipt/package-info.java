// SPDX-License-Identifier: Apache-2.0
/**
 * Verifies receipts offline: {@link io.taskbound.client.receipt.ReceiptVerifier} reads one with the issuer's keys, and
 * {@link io.taskbound.client.receipt.VerifiedReceipt} says what it says.
 */
@NullMarked
package io.taskbound.client.receipt;

import org.jspecify.annotations.NullMarked;
