// SPDX-License-Identifier: Apache-2.0
/**
 * Proofs of possession of a key (DPoP, RFC 9449): reads a proof strictly, checks its signature, and says which rule one
 * breaks. Pure: nothing is remembered here.
 */
@NullMarked
package io.taskbound.dpop;

import org.jspecify.annotations.NullMarked;
