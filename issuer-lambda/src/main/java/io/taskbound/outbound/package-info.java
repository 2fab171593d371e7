// SPDX-License-Identifier: Apache-2.0
/** Calls of foreign services' HTTP APIs, within bounds. */
@NullMarked
package io.taskbound.outbound;

import org.jspecify.annotations.NullMarked;
