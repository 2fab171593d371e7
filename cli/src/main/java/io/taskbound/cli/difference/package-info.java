// SPDX-License-Identifier: Apache-2.0
/** {@code policy diff}: what one policy allows that another does not, for those who review a change. */
@NullMarked
package io.taskbound.cli.difference;

import org.jspecify.annotations.NullMarked;
