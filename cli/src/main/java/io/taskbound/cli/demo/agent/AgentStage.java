// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.agent;

import io.taskbound.cli.demo.AuditTail;
import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.cli.mcp.front.HttpFront;
import io.taskbound.cli.mcp.gateway.Gateway;
import io.taskbound.cli.mcp.map.GatewayMap;
import io.taskbound.cli.mcp.map.MapFile;
import io.taskbound.cli.mcp.upstream.Servers;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.serve.LedgerStore;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.cli.terminal.ServerSecret;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskVerifier;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The issuer over HTTP, a provider of ID tokens, the company's MCP server, and the gateway before it. */
final class AgentStage implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final CommandContext context;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path folder;
    private final StandInProvider provider;
    private final LocalServer issuer;
    private final TicketDesk desk;
    private final HttpFront front;
    private final List<String> decisions = new CopyOnWriteArrayList<>();

    private AgentStage(CommandContext context) throws IOException, Complaint {
        this.context = context;
        this.folder = PrivateFile.temporaryFolder("taskbound-demo-");
        open.push(this::removeFolder);
        this.provider = kept(StandInProvider.start(Dialect.GITHUB, context.clock()));
        var audit = kept(AuditTail.at(folder.resolve("audit.jsonl")));
        var ledger = kept(LedgerStore.inMemory()).ledger();
        this.issuer = kept(LocalServer.bind(0));
        this.front = kept(HttpFront.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0)));
        var secret = ServerSecret.random();
        var current = new CurrentPolicy(policy(secret), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        var edge = new IssuerEdge(new IssuerParts(
                issuer.url(),
                current,
                ledger,
                LocalSigner.generate(),
                Runnable::run,
                audit,
                context::warn,
                context.clock()));
        issuer.serve(LocalAnswer.by(edge));
        var credential = "Bearer " + ServerSecret.random().reveal();
        PrivateFile.write(folder.resolve("credential"), credential);
        this.desk = kept(TicketDesk.open(credential));
        serve(map(), secret);
    }

    static AgentStage set(CommandContext context) throws Complaint {
        try {
            return new AgentStage(context);
        } catch (IOException e) {
            throw Complaint.refused(
                    "The demo cannot be set up: " + e.getMessage() + ".",
                    "It needs a temporary folder and free ports on 127.0.0.1.");
        }
    }

    private <T extends AutoCloseable> T kept(T part) {
        open.push(part);
        return part;
    }

    private void serve(GatewayMap map, ServerSecret secret) throws Complaint {
        var behind = kept(Servers.connect(map, "demo", context, decisions::add));
        var gateway = new Gateway(
                map,
                behind,
                client(),
                ServerCredentials.of("tickets", secret.reveal()),
                TaskVerifier.builder(IssuerUrl.of(issuer.url()), map.url().toString())
                        .clock(context.clock())
                        .redeemingAfterwards()
                        .provingElsewhere()
                        .build(),
                "demo",
                context.clock(),
                decisions::add);
        front.serve(gateway, map, issuer.url(), context::warn);
    }

    private Policy policy(ServerSecret secret) throws IOException {
        var file = written("policy.yaml", resource("policy.yaml").replace("@SECRET@", secret.hash()));
        if (PolicyFiles.load(file) instanceof Loaded.Ok ok) {
            return ok.policy();
        }
        throw new IOException("its own policy does not load");
    }

    private GatewayMap map() throws IOException {
        var text = resource("tickets.yaml")
                .replace("@DESK@", desk.url())
                .replace("@CREDENTIAL@", folder.resolve("credential").toString().replace("\\", "\\\\"));
        if (MapFile.read(written("tickets.yaml", text)) instanceof MapFile.Good good) {
            return good.map();
        }
        throw new IOException("its own map does not load");
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                text.replace("@PROVIDER@", provider.issuer())
                        .replace("@ISSUER@", issuer.url())
                        .replace("@GATEWAY@", gateway().toString()));
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(AgentStage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Where agents reach the MCP server. */
    URI gateway() {
        return URI.create(front.url() + "/mcp");
    }

    IssuerUrl issuer() {
        return IssuerUrl.of(issuer.url());
    }

    IssuerClient client() {
        return IssuerClient.builder(issuer()).clock(context.clock()).build();
    }

    TicketDesk desk() {
        return desk;
    }

    /** Of the run that starts the agent. */
    IdToken idToken(String run) {
        return IdToken.of(provider.idToken(
                provider.github("acme/shop", "main").with("run_id", run).forAudience(issuer.url())));
    }

    /** Why the gateway refused its last call, by its own log. */
    String lastReason() {
        return decisions.stream()
                .flatMap(line -> line(line).stream())
                .reduce((earlier, later) -> later)
                .flatMap(line -> line.string("reason"))
                .orElse("?");
    }

    private static Optional<JsonObject> line(String text) {
        try {
            return Optional.of(StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJson forPeople) {
            return Optional.empty();
        }
    }

    private void removeFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                context.warn("taskbound: while ending the demo: " + e.getMessage());
            }
        }
    }
}
