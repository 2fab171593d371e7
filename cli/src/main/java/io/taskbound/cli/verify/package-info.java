// SPDX-License-Identifier: Apache-2.0
/** {@code verify}: what a token says and whether it is alive. */
@NullMarked
package io.taskbound.cli.verify;

import org.jspecify.annotations.NullMarked;
