// SPDX-License-Identifier: Apache-2.0
/** {@code mcp-gateway}: stands in front of an MCP server and lets through what the token of the caller permits. */
@NullMarked
package io.taskbound.cli.mcp;

import org.jspecify.annotations.NullMarked;
