// SPDX-License-Identifier: Apache-2.0
/** Where callers reach a gateway: streamable HTTP, or the standard input and output of a program. */
@NullMarked
package io.taskbound.cli.mcp.front;

import org.jspecify.annotations.NullMarked;
