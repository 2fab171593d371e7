// SPDX-License-Identifier: Apache-2.0
/** JSON-RPC 2.0 as the Model Context Protocol uses it, read so that no two readers can see two different messages. */
@NullMarked
package io.taskbound.cli.mcp.rpc;

import org.jspecify.annotations.NullMarked;
