// SPDX-License-Identifier: Apache-2.0
/** docs/operations.md: what it shows is what is there. */
@NullMarked
package io.taskbound.cli.operations;

import org.jspecify.annotations.NullMarked;
