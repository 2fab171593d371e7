// SPDX-License-Identifier: Apache-2.0
/**
 * The only place that knows whether a token is alive. {@code DynamoTable} makes every request for an item, and
 * docs/ledger.md lists them; {@code LedgerTable} creates the table where no template does.
 */
@NullMarked
package io.taskbound.ledger;

import org.jspecify.annotations.NullMarked;
