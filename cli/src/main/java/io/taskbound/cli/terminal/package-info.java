// SPDX-License-Identifier: Apache-2.0
/** What every command shares: its context, complaints with a remedy, private files, loopback addresses. */
@NullMarked
package io.taskbound.cli.terminal;

import org.jspecify.annotations.NullMarked;
