// SPDX-License-Identifier: Apache-2.0
/**
 * The reviewed catalogue of tasks: read or refused as a whole, then matched against a caller. Pure: no clock, no I/O.
 */
@NullMarked
package io.taskbound.policy;

import org.jspecify.annotations.NullMarked;
