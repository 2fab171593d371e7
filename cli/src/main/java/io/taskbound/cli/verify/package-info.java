// SPDX-License-Identifier: Apache-2.0
/** {@code verify}: what a token or a receipt says, and whether it holds. */
@NullMarked
package io.taskbound.cli.verify;

import org.jspecify.annotations.NullMarked;
