// SPDX-License-Identifier: Apache-2.0
/** Many tokens, processes that vanish and a ledger that fails; and then an audit of what is left. */
@NullMarked
package io.taskbound.soak;

import org.jspecify.annotations.NullMarked;
