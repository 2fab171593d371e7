// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import io.taskbound.cli.demo.AuditTail;
import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.demo.WrappedStep;
import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.serve.LedgerStore;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.cli.terminal.ServerSecret;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.ServerCredentials;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The issuer over HTTP, a provider of ID tokens, the signer, and folders for the step and for the thief. */
final class TheftStage implements AutoCloseable {
    static final String LOG = "signer.log";
    static final String LOOT = "loot";

    /** What the step gets of this process's environment: the thief must not find the secrets of whoever plays this. */
    private static final Set<String> INHERITED = Set.of("PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR");

    private final CommandContext context;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path folder;
    private final Path elsewhere;
    private final StandInProvider provider;
    private final AuditTail audit;
    private final LocalServer issuer;
    private final Signer signer;

    private TheftStage(CommandContext context) throws IOException {
        this.context = context;
        this.folder = PrivateFile.temporaryFolder("taskbound-demo-");
        open.push(this::removeFolder);
        this.elsewhere = PrivateFile.folder(folder.resolve("elsewhere"));
        this.provider = kept(StandInProvider.start(Dialect.GITHUB, context.clock()));
        this.audit = kept(AuditTail.at(folder.resolve("audit.jsonl")));
        var ledger = kept(LedgerStore.inMemory()).ledger();
        this.issuer = kept(LocalServer.bind(0));
        this.signer = kept(Signer.bind(elsewhere.resolve(LOG), audit));
        var secret = ServerSecret.random();
        var current = new CurrentPolicy(policy(secret), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        issuer.serve(LocalAnswer.by(new IssuerEdge(new IssuerParts(
                issuer.url(),
                current,
                ledger,
                LocalSigner.generate(),
                Runnable::run,
                audit,
                context::warn,
                context.clock()))));
        signer.serve(client(), ServerCredentials.of("signer", secret.reveal()));
    }

    static TheftStage set(CommandContext context) throws Complaint {
        try {
            return new TheftStage(context);
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

    private Policy policy(ServerSecret secret) throws IOException {
        var file = written("policy.yaml", resource("policy.yaml").replace("@SECRET@", secret.hash()));
        if (PolicyFiles.load(file) instanceof Loaded.Ok ok) {
            return ok.policy();
        }
        throw new IOException("its own policy does not load");
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                text.replace("@PROVIDER@", provider.issuer())
                        .replace("@ISSUER@", issuer.url())
                        .replace("@SIGNER@", signer.url()));
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(TheftStage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The step, with the thief in it. */
    WrappedStep step() throws StoryBroken {
        try {
            var rules = written("rules.yaml", resource("rules.yaml"));
            var home = PrivateFile.folder(folder.resolve("home"));
            var options = List.of(
                    "--task",
                    "sign-release",
                    "--identifier",
                    "artifact:acme/shop/app.jar",
                    "--receipt",
                    receipt().toString(),
                    "--inject",
                    signer.url(),
                    "--inject-rules",
                    rules.toString());
            var line =
                    new WrappedStep.Line(folder, issuer.url(), idToken(), options, java(SigningStep.class, "inside"));
            return WrappedStep.start(line, environment -> ofTheStep(environment, home));
        } catch (IOException fault) {
            throw new StoryBroken("the step's files cannot be written");
        }
    }

    private static void ofTheStep(Map<String, String> environment, Path home) {
        environment.keySet().retainAll(INHERITED);
        environment.put("HOME", home.toString());
    }

    /** The thief in a process outside of the step. */
    Process thiefElsewhere() throws StoryBroken {
        try {
            return new ProcessBuilder(java(Thief.class, "outside"))
                    .directory(elsewhere.toFile())
                    .redirectError(folder.resolve("thief.log").toFile())
                    .start();
        } catch (IOException fault) {
            throw new StoryBroken("no process can be started");
        }
    }

    private List<String> java(Class<?> main, String part) {
        var words = new ArrayList<>(WrappedStep.java(main.getName()));
        // There is little memory to be searched then.
        words.add(1, "-Xmx32m");
        words.addAll(List.of(part, signer.url(), issuer.url(), elsewhere.toString()));
        return words;
    }

    private String idToken() {
        return provider.idToken(provider.github("acme/shop", "main").forAudience(issuer.url()));
    }

    /** Where {@code run} writes it. */
    Path receipt() {
        return folder.resolve("receipt.json");
    }

    Loot loot() {
        return new Loot(elsewhere.resolve(LOOT));
    }

    Signer signer() {
        return signer;
    }

    AuditTail audit() {
        return audit;
    }

    IssuerClient client() {
        return IssuerClient.builder(IssuerUrl.of(issuer.url()))
                .clock(context.clock())
                .build();
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
