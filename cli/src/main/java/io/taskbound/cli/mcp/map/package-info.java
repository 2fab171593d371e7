// SPDX-License-Identifier: Apache-2.0
/** The map of an MCP gateway: which call of which tool is which action on which target, and what is behind it. */
@NullMarked
package io.taskbound.cli.mcp.map;

import org.jspecify.annotations.NullMarked;
