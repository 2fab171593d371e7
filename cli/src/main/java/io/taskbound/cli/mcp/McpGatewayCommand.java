// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import io.taskbound.cli.mcp.front.HttpFront;
import io.taskbound.cli.mcp.front.StdioFront;
import io.taskbound.cli.mcp.gateway.Gateway;
import io.taskbound.cli.mcp.map.GatewayMap;
import io.taskbound.cli.mcp.map.MapFile;
import io.taskbound.cli.mcp.upstream.Servers;
import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.ListenAddress;
import io.taskbound.cli.terminal.Loopback;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.SecretInput;
import io.taskbound.cli.terminal.Signals;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Patience;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.client.TaskVerifier;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Scheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-gateway}: runs until it is told to stop, its server ends, or, with {@code --stdio}, its token does. */
@Command(
        name = "mcp-gateway",
        header = "Let agents call tools of an MCP server, each call as a use of their task's token.",
        description = {
            "",
            "Stands in front of an MCP server. A map says which call of which tool is which action on which target."
                    + " Callers see the tools that their token permits; each call is redeemed before the server sees"
                    + " it; whatever is not in the map is refused. The server gets the gateway's own credential and"
                    + " never a token."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound mcp-gateway --map tickets.yaml --server tickets --secret-file tickets.secret",
            "  taskbound mcp-gateway --map tickets.yaml --server tickets --secret-file tickets.secret --stdio",
            "  taskbound mcp-gateway check tickets.yaml"
        },
        subcommands = McpGatewayCheckCommand.class)
public final class McpGatewayCommand implements Callable<Integer> {
    /** An agent that waits for one call hears within ten seconds that the issuer is away, and may come again. */
    private static final Patience PATIENCE = new Patience(
            3, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(1));

    private final CommandContext context;

    @Option(names = "--map", paramLabel = "FILE", description = "The map, in YAML.")
    private Optional<Path> map = Optional.empty();

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description =
                    "The gateway's name among the policy's resource servers; its audience there is the map's url.")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "Holds the secret of that resource server, as `policy secret` made it.")
    private Optional<Path> secretFile = Optional.empty();

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "The issuer of the tokens (default: TASKBOUND_ISSUER).")
    private Optional<String> issuer = Optional.empty();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            description = "Where to listen for HTTP (default: 127.0.0.1:8767; port 0: a free one).")
    private Optional<String> listen = Optional.empty();

    @Option(
            names = "--stdio",
            description = "Serve one caller on standard input and output, with the token of TASKBOUND_TOKEN_FILE or"
                    + " TASKBOUND_TOKEN; messages go to stderr.")
    private boolean stdio;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public McpGatewayCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        if (stdio && listen.isPresent()) {
            throw Complaint.usage("--stdio and --listen are two ways to be reached.", "Give one of them.");
        }
        var told = stdio ? context.aside() : context;
        var read = map(told);
        if (stdio && read.proofRequired()) {
            throw Complaint.usage(
                    "With --stdio no caller can prove that it holds a key, and the map says proof: required.",
                    "Serve HTTP with --listen, or take proof out of the map.");
        }
        var url = Loopback.issuerUrl(needed(issuer.or(() -> context.variable("TASKBOUND_ISSUER")), "--issuer URL"));
        var credentials = credentials();
        EnvironmentProxies.allowLogins();
        var transport = EnvironmentProxies.of(context).transport();
        var presented = stdio ? presented() : new Presented.Nothing();
        try (var signals = Signals.untilSecond();
                var behind = Servers.connect(read, version(), context, told::say)) {
            var gateway = new Gateway(
                    read,
                    behind,
                    IssuerClient.builder(IssuerUrl.of(url))
                            .transport(transport)
                            .patience(PATIENCE)
                            .build(),
                    credentials,
                    TaskVerifier.builder(IssuerUrl.of(url), read.url().toString())
                            .transport(transport)
                            .redeemingAfterwards()
                            .provingElsewhere()
                            .build(),
                    version(),
                    context.clock(),
                    told::say);
            return stdio ? serve(gateway, presented, behind, signals) : serve(gateway, read, url, behind, signals);
        }
    }

    private GatewayMap map(CommandContext told) throws Complaint {
        var file = map.orElseThrow(
                () -> Complaint.usage("No map is named.", "Name it with --map FILE: taskbound mcp-gateway --help."));
        var read = MapFiles.read(file);
        if (read instanceof MapFile.Good good) {
            return good.map();
        }
        told.say(FaultLines.of(((MapFile.Faulty) read).faults()));
        throw Complaint.refused("The map is faulty.", "Correct it; `taskbound mcp-gateway check` says what is wrong.");
    }

    private ServerCredentials credentials() throws Complaint {
        var name = needed(server, "--server NAME");
        var secret = SecretInput.file(
                secretFile.orElseThrow(() -> Complaint.usage("--secret-file FILE is missing.", "See --help.")));
        try {
            return ServerCredentials.of(name, secret);
        } catch (IllegalArgumentException wrong) {
            throw Complaint.usage(
                    "The credentials cannot be used: " + wrong.getMessage() + ".", "See `policy secret`.");
        }
    }

    private static String needed(Optional<String> value, String option) throws Complaint {
        return value.orElseThrow(() -> Complaint.usage(option + " is missing.", "See taskbound mcp-gateway --help."));
    }

    private Presented presented() throws Complaint {
        var file = context.variable("TASKBOUND_TOKEN_FILE");
        var text = file.isPresent()
                ? SecretInput.file(Path.of(file.get()))
                : context.variable("TASKBOUND_TOKEN").orElse("");
        return TaskToken.received(text)
                .map(token -> new Presented.Token(token, Scheme.BEARER, Optional.empty()))
                .orElseThrow(() -> Complaint.usage(
                        "There is no token: neither TASKBOUND_TOKEN_FILE nor TASKBOUND_TOKEN holds one.",
                        "Start the agent under `taskbound run`."));
    }

    private int serve(Gateway gateway, Presented presented, Servers behind, Signals signals) throws Complaint {
        var ended = new StdioFront(gateway, presented, context.in(), context.out(), context.aside()::say).begin();
        var either = CompletableFuture.anyOf(ended, behind.ended());
        if (!signals.letEnd(either)) {
            return 0;
        }
        if (!ended.isDone()) {
            throw Complaint.refused("The MCP server's program has ended.", "Look at what it said above.");
        }
        if (!ended.join()) {
            throw Complaint.refused("The task's token has ended, and the session with it.", "Start another task.");
        }
        return 0;
    }

    private int serve(Gateway gateway, GatewayMap read, String url, Servers behind, Signals signals) throws Complaint {
        try (var front = HttpFront.bind(ListenAddress.of("--listen", listen.orElse("127.0.0.1:8767")))) {
            front.serve(gateway, read, url, context::say);
            context.say("listening on " + front.url() + " for " + read.url());
            if (signals.letEnd(behind.ended())) {
                throw Complaint.refused("The MCP server's program has ended.", "Look at what it said above.");
            }
        } catch (IOException taken) {
            throw Complaint.refused(
                    "It cannot listen on " + Printable.of(listen.orElse("127.0.0.1:8767")) + ": " + taken.getMessage()
                            + ".",
                    "Name another address with --listen.");
        }
        context.say("stopped");
        return 0;
    }

    /** {@code taskbound 1.2.3 (0123abc), Java 17}: the second word. */
    private String version() {
        var words = String.join(" ", spec.root().version()).split("[ ,]");
        return words.length > 1 ? words[1] : "unknown";
    }
}
