// SPDX-License-Identifier: Apache-2.0
/** The only place that knows whether a token is alive. {@code LedgerTable} and {@code DynamoLedger} know DynamoDB; nothing else does. */
@NullMarked
package io.taskbound.ledger;

import org.jspecify.annotations.NullMarked;
