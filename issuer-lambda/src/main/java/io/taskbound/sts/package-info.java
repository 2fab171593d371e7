// SPDX-License-Identifier: Apache-2.0
/** Sessions of an IAM role, narrowed to one grant and dead with its lease. */
@NullMarked
package io.taskbound.sts;

import org.jspecify.annotations.NullMarked;
