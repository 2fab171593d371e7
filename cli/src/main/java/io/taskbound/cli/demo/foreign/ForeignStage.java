// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.foreign;

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
import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;
import io.taskbound.github.GithubService;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.Delivering;
import io.taskbound.ledger.LazyClient;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.github.StandInApp;
import io.taskbound.local.github.StandInGithub;
import io.taskbound.local.minio.Minio;
import io.taskbound.openbao.OpenbaoService;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.policy.Policy;
import io.taskbound.sts.StsService;
import io.taskbound.token.LocalDataKeys;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.RsaAppSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * What the story is played on: the issuer over HTTP with its sweep, a CI provider, GitHub's stand-in with a real git
 * behind it, and MinIO where it can be had.
 */
final class ForeignStage implements AutoCloseable {
    /** Here one clock judges all. */
    private static final Duration SKEW = Duration.ofSeconds(1);

    private static final long SWEEP_MILLIS = 500;

    private final CommandContext context;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path folder;
    private final StandInProvider provider;
    private final StandInGithub github;
    private final AuditTail audit;
    private final LocalServer server;
    private final Optional<Minio> minio;
    private final String withoutMinio;

    private ForeignStage(CommandContext context) throws IOException {
        this.context = context;
        this.folder = PrivateFile.temporaryFolder("taskbound-demo-");
        open.push(this::removeFolder);
        this.provider = kept(StandInProvider.start(Dialect.GITHUB, context.clock()));
        this.github = kept(StandInGithub.start(context.clock()));
        var app = acme();
        this.audit = kept(AuditTail.at(folder.resolve("audit.jsonl")));
        var ledger = kept(LedgerStore.inMemory()).ledger();
        this.server = kept(LocalServer.bind(0));
        var started = startMinio();
        this.minio = started.minio();
        this.withoutMinio = started.why();
        var current = new CurrentPolicy(policy(app), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        var signer = LocalSigner.generate();
        var edge = new IssuerEdge(new IssuerParts(
                        server.url(), current, ledger, signer, Runnable::run, audit, context::warn, context.clock())
                .with(delivering(app, signer).withOneClock()));
        server.serve(LocalAnswer.by(edge));
        sweep(edge);
    }

    static ForeignStage set(CommandContext context) throws Complaint {
        try {
            return new ForeignStage(context);
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

    private StandInApp acme() {
        github.organization("acme", 1001);
        github.repository("acme", "shop", 2002);
        github.repository("acme", "payroll", 2003);
        var app = github.app("acme", Map.of("contents", "write", "metadata", "read"));
        github.install(app, "acme");
        return app;
    }

    private record Started(Optional<Minio> minio, String why) {}

    private Started startMinio() throws IOException {
        try {
            return new Started(
                    Optional.of(
                            kept(Minio.start(context.environment(), Files.createDirectory(folder.resolve("minio"))))),
                    "");
        } catch (Minio.Unavailable absent) {
            return new Started(Optional.empty(), String.valueOf(absent.getMessage()));
        }
    }

    private Delivering delivering(StandInApp app, LocalSigner signer) {
        var http = new OutboundHttp(FetchPolicy.WITH_LOOPBACK);
        var sts = new LazyClient<>(this::sts);
        open.push(sts::drop);
        return Delivering.of(
                new CredentialServices(
                        new GithubService(id -> Optional.of(RsaAppSigner.of(app.pkcs8())), http),
                        new StsService(sts::get, SKEW),
                        new OpenbaoService(server.url(), signer, http, context.clock())),
                new Envelope(LocalDataKeys.generate(), "demo"));
    }

    private StsClient sts() {
        var at = minio.orElseThrow();
        return StsClient.builder()
                .endpointOverride(at.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(at.root())
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    private void sweep(IssuerEdge edge) {
        var timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "taskbound-demo-sweep");
            thread.setDaemon(true);
            return thread;
        });
        open.push(timer::shutdownNow);
        var unused = timer.scheduleWithFixedDelay(
                () -> edge.endCredentials(Optional.empty(), Duration.ofSeconds(5)),
                SWEEP_MILLIS,
                SWEEP_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private Policy policy(StandInApp app) throws IOException {
        var text = resource("policy.yaml")
                .replace("@PROVIDER@", provider.issuer())
                .replace("@ISSUER@", server.url())
                .replace("@GITHUB@", github.url())
                .replace("@APP@", app.id());
        var file = folder.resolve("policy.yaml");
        Files.writeString(file, text);
        if (PolicyFiles.load(file) instanceof Loaded.Ok ok) {
            return ok.policy();
        }
        throw new IOException("its own policy does not load");
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(ForeignStage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    String issuer() {
        return server.url();
    }

    /** Only its owner may enter it; it goes with the stage. */
    Path folder() {
        return folder;
    }

    AuditTail audit() {
        return audit;
    }

    StandInGithub github() {
        return github;
    }

    Optional<Minio> minio() {
        return minio;
    }

    /** Why there is no MinIO. */
    String withoutMinio() {
        return withoutMinio;
    }

    /** Of acme/shop's release run. */
    String idToken() {
        return provider.idToken(provider.github("acme/shop", "main")
                .with("sub", "repo:acme/shop:environment:production")
                .with("environment", "production")
                .forAudience(server.url()));
    }

    /**
     * Starts a step of that run.
     *
     * @param targets options of {@code run} that name the objects
     * @param more of the command's environment
     */
    WrappedStep step(String task, List<String> targets, List<String> command, Map<String, String> more)
            throws StoryBroken {
        var options = Stream.concat(Stream.of("--task", task), targets.stream()).toList();
        return WrappedStep.start(new WrappedStep.Line(folder, issuer(), idToken(), options, command), environment -> {
            environment.put("HOME", folder.toString());
            environment.put("GIT_CONFIG_NOSYSTEM", "1");
            environment.putAll(more);
        });
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
