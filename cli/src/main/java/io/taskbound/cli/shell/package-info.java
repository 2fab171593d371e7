// SPDX-License-Identifier: Apache-2.0
/** What a shell and {@code man} know of the command line, made from the model of its help. */
@NullMarked
package io.taskbound.cli.shell;

import org.jspecify.annotations.NullMarked;
