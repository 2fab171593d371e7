// SPDX-License-Identifier: Apache-2.0
/**
 * What people approve: the exact declaration of one step, its id, and the words in which it is shown. Who may approve,
 * the policy says; what was decided, the ledger knows.
 */
@NullMarked
package io.taskbound.approval;

import org.jspecify.annotations.NullMarked;
