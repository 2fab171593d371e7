// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.modern.client.McpClient;
import io.modelcontextprotocol.modern.client.transport.HttpClientMcpTransport;
import io.modelcontextprotocol.modern.client.transport.McpHttpRequestCustomizer;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official SDK on both sides of the gateway, in both eras of the protocol. */
class SdkInteropTest {
    private static TicketIssuer issuer;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        issuer = TicketIssuer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        issuer.close();
    }

    private static SdkTicketServer server(boolean modern) throws Exception {
        return modern ? SdkTicketServer.modern() : SdkTicketServer.legacy();
    }

    private GatewayInFront gateway(SdkTicketServer server) throws Exception {
        return GatewayInFront.start(issuer, "{url: \"" + server.url() + "\"}", folder, Clock.systemUTC());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewClientSeesAndCallsWhatItsTokenPermits(boolean modernServer) throws Exception {
        try (var server = server(modernServer);
                var gateway = gateway(server)) {
            var token = issuer.agent().token().reveal();
            var client = McpClient.sync(HttpClientMcpTransport.builder(gateway.url())
                            .requestCustomizer(McpHttpRequestCustomizer.fromSync(
                                    (request, headers, context) -> headers.set("Authorization", "Bearer " + token)))
                            .build())
                    .build();
            assertThat(client.discover().supportedVersions()).contains("2026-07-28");
            assertThat(client.listTools().list().tools())
                    .extracting(tool -> tool.name())
                    .containsExactly("read_ticket", "update_record");
            var read = client.tool("read_ticket").arguments(Map.of("id", "T-7")).call();
            assertThat(read.content().toString()).contains("read_ticket is done");
            assertThat(read.isError()).isNotEqualTo(Boolean.TRUE);
            assertThat(client.tool("read_ticket")
                            .arguments(Map.of("id", "T-8"))
                            .call()
                            .isError())
                    .isTrue();
            assertThat(server.calls()).containsExactly("read_ticket {id=T-7}");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOldClientSeesAndCallsWhatItsTokenPermits(boolean modernServer) throws Exception {
        try (var server = server(modernServer);
                var gateway = gateway(server)) {
            var token = issuer.agent().token().reveal();
            var transport = HttpClientStreamableHttpTransport.builder(
                            gateway.url().replace("/mcp", ""))
                    .endpoint("/mcp")
                    .addHttpRequestCustomizer((request, method, uri, body, context) ->
                            request.setHeader("Authorization", "Bearer " + token))
                    .build();
            try (var client =
                    io.modelcontextprotocol.client.McpClient.sync(transport).build()) {
                client.initialize();
                assertThat(client.listTools().tools())
                        .extracting(McpSchema.Tool::name)
                        .containsExactly("read_ticket", "update_record");
                var read = client.callTool(McpSchema.CallToolRequest.builder("read_ticket")
                        .arguments(Map.of("id", "T-7"))
                        .build());
                assertThat(read.content().toString()).contains("read_ticket is done");
                assertThat(client.callTool(McpSchema.CallToolRequest.builder("read_ticket")
                                        .arguments(Map.of("id", "T-8"))
                                        .build())
                                .isError())
                        .isTrue();
            }
            assertThat(server.calls()).containsExactly("read_ticket {id=T-7}");
        }
    }
}
