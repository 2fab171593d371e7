// SPDX-License-Identifier: Apache-2.0
/**
 * A model of one token's life: every order in which the ledger's requests of a few actors can take place, searched
 * exhaustively. docs/model.md says what is modelled and what is not.
 */
@NullMarked
package io.taskbound.model;

import org.jspecify.annotations.NullMarked;
