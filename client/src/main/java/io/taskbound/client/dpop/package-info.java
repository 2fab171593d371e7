// SPDX-License-Identifier: Apache-2.0
/**
 * Tokens that are bound to a key (DPoP, RFC 9449): the holder's key and its proofs, and what a server does with one.
 */
@NullMarked
package io.taskbound.client.dpop;

import org.jspecify.annotations.NullMarked;
