// SPDX-License-Identifier: Apache-2.0
/**
 * The only place that knows whether a token is alive. {@code DynamoTable} alone makes requests to DynamoDB; docs/ledger.md
 * lists them.
 */
@NullMarked
package io.taskbound.ledger;

import org.jspecify.annotations.NullMarked;
