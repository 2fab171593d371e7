// SPDX-License-Identifier: Apache-2.0
/** {@code tokens}: what an administrator sees of the tokens in a table, and how they are ended. */
@NullMarked
package io.taskbound.cli.tokens;

import org.jspecify.annotations.NullMarked;
