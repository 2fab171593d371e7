// SPDX-License-Identifier: Apache-2.0
/**
 * What a token was for and how it ended, as a statement that anybody can verify offline: an in-toto Statement v1 in a
 * DSSE envelope (docs/receipts.md).
 */
@NullMarked
package io.taskbound.receipt;

import org.jspecify.annotations.NullMarked;
