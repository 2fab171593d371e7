// SPDX-License-Identifier: Apache-2.0
/**
 * What CI systems send when a job or a run has ended: whether they really sent it, and what it says. It knows no policy
 * and no ledger.
 */
@NullMarked
package io.taskbound.hook;

import org.jspecify.annotations.NullMarked;
