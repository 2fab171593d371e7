// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.serve.LedgerStore;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.cli.terminal.ServerSecret;
import io.taskbound.client.HttpTransport;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.Transport;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.ledger.Ledger;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** What the story is played on: the issuer as {@code serve} runs it, a CI provider, three resource servers' secrets. */
final class Stage implements AutoCloseable {
    private final CommandContext context;
    private final boolean http;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Map<String, ServerSecret> secrets = new LinkedHashMap<>();
    private final Path folder;
    private final StandInProvider provider;
    private final LocalServer server;
    private final AuditTail audit;
    private final Ledger ledger;

    private Stage(Role role, boolean http, CommandContext context) throws IOException {
        this.context = context;
        this.http = http;
        this.folder = PrivateFile.temporaryFolder("taskbound-demo-");
        open.push(this::removeFolder);
        for (var name : new String[] {"signer", "deployer", "mover"}) {
            secrets.put(name, ServerSecret.random());
        }
        // The slowest part, and it needs none of the others.
        var database = CompletableFuture.supplyAsync(LedgerStore::inMemory);
        this.provider = kept(StandInProvider.start(role.dialect(), context.clock()));
        this.audit = kept(AuditTail.at(folder.resolve("audit.jsonl")));
        this.ledger = kept(database.join()).ledger();
        this.server = kept(LocalServer.bind(0));
        var current = new CurrentPolicy(policy(role), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        var edge = new IssuerEdge(new IssuerParts(
                server.url(),
                current,
                ledger,
                LocalSigner.generate(),
                Runnable::run,
                audit,
                context::warn,
                context.clock()));
        server.serve(LocalAnswer.by(edge));
    }

    static Stage set(Role role, boolean http, CommandContext context) throws Complaint {
        try {
            return new Stage(role, http, context);
        } catch (IOException e) {
            throw Complaint.refused(
                    "The demo cannot be set up: " + e.getMessage() + ".",
                    "It needs a temporary folder and a free port on 127.0.0.1.");
        }
    }

    private <T extends AutoCloseable> T kept(T part) {
        open.push(part);
        return part;
    }

    private Policy policy(Role role) throws IOException {
        var text = role.complete(resource(role.policyFile()), provider)
                .replace("@PROVIDER@", provider.issuer())
                .replace("@ISSUER@", server.url());
        for (var secret : secrets.entrySet()) {
            text = text.replace(
                    "@" + secret.getKey().toUpperCase(Locale.ROOT) + "@",
                    secret.getValue().hash());
        }
        var file = folder.resolve("policy.yaml");
        Files.writeString(file, text);
        if (PolicyFiles.load(file) instanceof Loaded.Ok ok) {
            return ok.policy();
        }
        throw new IOException("its own policy does not load");
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(Stage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A caller of the issuer, over HTTP like any other. */
    IssuerClient client() {
        return IssuerClient.builder(issuer())
                .clock(context.clock())
                .transport(transport())
                .build();
    }

    private Transport transport() {
        var real = HttpTransport.create();
        return http ? new CurlTransport(real, context::say) : real;
    }

    IssuerUrl issuer() {
        return IssuerUrl.of(server.url());
    }

    boolean http() {
        return http;
    }

    StandInProvider provider() {
        return provider;
    }

    ServerCredentials credentials(String server) {
        return ServerCredentials.of(
                server, Objects.requireNonNull(secrets.get(server)).reveal());
    }

    AuditTail audit() {
        return audit;
    }

    Ledger ledger() {
        return ledger;
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
