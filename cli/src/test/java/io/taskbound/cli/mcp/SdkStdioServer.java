// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.modern.server.transport.StdioMcpTransport;

/** A program that speaks MCP on its standard input and output, by the official SDK. */
final class SdkStdioServer {
    private SdkStdioServer() {}

    public static void main(String[] args) {
        var server = SdkTools.server(call -> System.err.println("call " + call));
        new StdioMcpTransport(server, McpJsonDefaults.getMapper()).start().block();
    }
}
