// SPDX-License-Identifier: Apache-2.0
/** The MCP server behind a gateway: a connection of the gateway's own, over HTTP or a program's input and output. */
@NullMarked
package io.taskbound.cli.mcp.upstream;

import org.jspecify.annotations.NullMarked;
