// SPDX-License-Identifier: Apache-2.0
/** Runs what is handed out as its users do. */
@NullMarked
package io.taskbound.release;

import org.jspecify.annotations.NullMarked;
