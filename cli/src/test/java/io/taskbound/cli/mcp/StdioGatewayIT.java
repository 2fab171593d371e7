// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.modern.client.McpClient;
import io.modelcontextprotocol.modern.client.transport.StdioMcpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.taskbound.cli.ChildJvm;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mcp-gateway --stdio} as an agent starts it, before a program of the official SDK that it starts itself. */
class StdioGatewayIT {
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

    private List<String> command() throws Exception {
        var map = folder.resolve("map.yaml");
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        GatewayInFront.map(
                "{command: [\"" + java.toString().replace('\\', '/') + "\", " + SdkStdioServer.class.getName()
                        + "], environment: {CLASSPATH: {variable: SERVER_CLASSPATH}}}",
                folder);
        var secret = Files.writeString(folder.resolve("secret"), TicketIssuer.SECRET);
        var command = new ArrayList<>(ChildJvm.taskbound());
        command.addAll(List.of(
                "mcp-gateway",
                "--map",
                map.toString(),
                "--server",
                "tickets",
                "--secret-file",
                secret.toString(),
                "--issuer",
                issuer.url(),
                "--stdio"));
        return command;
    }

    private Map<String, String> environment(String token) throws Exception {
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Map.of(
                "TASKBOUND_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), token).toString(),
                "SERVER_CLASSPATH",
                classPath);
    }

    private ServerParameters parameters(String token) throws Exception {
        var command = command();
        return ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .env(environment(token))
                .build();
    }

    @Test
    void aNewClientCallsWhatItsTokenPermits() throws Exception {
        try (var transport = StdioMcpClientTransport.builder(
                        parameters(issuer.agent().token().reveal()))
                .start()) {
            var client = McpClient.sync(transport).build();
            assertThat(client.listTools().list().tools())
                    .extracting(tool -> tool.name())
                    .containsExactly("read_ticket", "update_record");
            assertThat(client.tool("read_ticket")
                            .arguments(Map.of("id", "T-7"))
                            .call()
                            .content()
                            .toString())
                    .contains("read_ticket is done");
            assertThat(client.tool("update_record")
                            .arguments(Map.of("id", "R-4", "status", "open"))
                            .call()
                            .isError())
                    .isTrue();
        }
    }

    @Test
    void anOldClientCallsWhatItsTokenPermits() throws Exception {
        var transport =
                new StdioClientTransport(parameters(issuer.agent().token().reveal()), McpJsonDefaults.getMapper());
        try (var client =
                io.modelcontextprotocol.client.McpClient.sync(transport).build()) {
            client.initialize();
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .containsExactly("read_ticket", "update_record");
            assertThat(client.callTool(McpSchema.CallToolRequest.builder("read_ticket")
                                    .arguments(Map.of("id", "T-8"))
                                    .build())
                            .isError())
                    .isTrue();
        }
    }

    @Test
    void theGatewayEndsWithTheToken() throws Exception {
        var granted = issuer.agent();
        var builder = new ProcessBuilder(command())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(new HashMap<>(environment(granted.token().reveal())));
        var process = builder.start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var in = process.getOutputStream()) {
            in.write((GatewayInFront.request("ping", "{}") + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            assertThat(out.readLine()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}");
            issuer.client().close(granted.token());
            in.write((GatewayInFront.call("read_ticket", "{\"id\":\"T-7\"}") + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            assertThat(out.readLine()).contains("\"error\":{\"code\":401");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(Files.readString(folder.resolve("err")))
                    .contains("The task's token has ended, and the session with it.")
                    .doesNotContain(granted.token().reveal(), "call read_ticket");
        } finally {
            process.destroyForcibly();
        }
    }
}
