// SPDX-License-Identifier: Apache-2.0
/** {@code approvals}, {@code approve} and {@code deny}: for people who approve what a step is about to do. */
@NullMarked
package io.taskbound.cli.approvals;

import org.jspecify.annotations.NullMarked;
