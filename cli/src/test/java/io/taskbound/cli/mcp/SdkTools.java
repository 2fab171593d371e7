// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpServer;
import io.modelcontextprotocol.modern.server.McpSyncResponse;
import io.modelcontextprotocol.modern.server.feature.McpSyncTool;
import io.modelcontextprotocol.modern.server.feature.McpSyncToolRepository;
import io.modelcontextprotocol.modern.server.feature.ToolsFeature;
import io.modelcontextprotocol.modern.server.feature.ToolsPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tickets and records as tools of a server of the official SDK, in its way since protocol version 2026-07-28. */
final class SdkTools {
    static final Map<String, Object> ID = schema("id");
    static final Map<String, Object> ID_AND_STATUS = schema("id", "status");

    private SdkTools() {}

    private static Map<String, Object> schema(String... names) {
        var properties = new LinkedHashMap<String, Object>();
        for (var name : names) {
            properties.put(name, Map.of("type", "string"));
        }
        return Map.of("type", "object", "properties", properties, "required", List.of(names));
    }

    /** @param calls is told of each call that arrives */
    static McpServer server(Consumer<String> calls) {
        var tools = List.of(
                McpSchema.Tool.builder("read_ticket", ID)
                        .description("Reads a ticket")
                        .build(),
                McpSchema.Tool.builder("update_record", ID_AND_STATUS).build(),
                McpSchema.Tool.builder("drop_all", schema()).build());
        var repository = new McpSyncToolRepository() {
            @Override
            public ToolsPage list(McpRequestContext context, String cursor) {
                return ToolsPage.of(tools);
            }

            @Override
            public McpSyncTool find(McpRequestContext context, String name) {
                return tools.stream()
                        .filter(tool -> tool.name().equals(name))
                        .findFirst()
                        .map(tool -> McpSyncTool.of(tool, (any, call) -> {
                            calls.accept(name + " " + call.arguments());
                            return McpSyncResponse.result(McpSchema.CallToolResult.builder()
                                    .addContent(McpSchema.TextContent.builder(name + " is done")
                                            .build())
                                    .build());
                        }))
                        .orElse(null);
            }
        };
        return McpServer.builder()
                .serverInfo(McpSchema.Implementation.builder("tickets", "1").build())
                .feature(ToolsFeature.ofSync(repository))
                .build();
    }
}
