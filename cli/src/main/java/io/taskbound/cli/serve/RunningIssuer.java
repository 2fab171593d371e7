// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.dev.DevSetting;
import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.issuer.AudienceAgreement;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.HookSecrets;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** The issuer of {@code serve}, wired and answering. Closing it finishes what has arrived and gives everything back. */
final class RunningIssuer implements AutoCloseable {
    private final ServeSettings settings;
    private final CommandContext context;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final LocalServer server;

    private RunningIssuer(ServeSettings settings, CommandContext context) throws Complaint {
        this.settings = settings;
        this.context = context;
        this.server = bind(settings.port());
    }

    /** Starts everything, or complains about the first part that cannot start and gives the others back. */
    static RunningIssuer start(ServeSettings settings, CommandContext context) throws Complaint {
        var issuer = new RunningIssuer(settings, context);
        try {
            issuer.assemble();
            return issuer;
        } catch (Complaint | RuntimeException e) {
            issuer.close();
            throw e;
        }
    }

    String url() {
        return server.url();
    }

    private void assemble() throws Complaint {
        var issuerUrl = settings.issuerUrl().orElse(server.url());
        Optional<DataFolder> folder = settings.data().isPresent()
                ? Optional.of(kept(DataFolder.open(settings.data().get())))
                : Optional.empty();
        Optional<DevSetting> dev = settings.dev() ? Optional.of(dev(folder, issuerUrl)) : Optional.empty();
        if (settings.policyOfTable()) {
            var published = kept(TablePolicy.open(settings.table(), settings.policyKey(), issuerUrl, context));
            serve(edge(issuerUrl, published.current(), folder, dev), published.current(), dev);
            return;
        }
        var source = source(dev);
        var fingerprint = source.fingerprint();
        var current = new CurrentPolicy(firstPolicy(source, issuerUrl), KeyFetching.of(context));
        serve(edge(issuerUrl, current, folder, dev), current, dev);
        kept(PolicyWatch.start(source, fingerprint, current, issuerUrl, context));
    }

    private IssuerEdge edge(
            String issuerUrl, CurrentPolicy current, Optional<DataFolder> folder, Optional<DevSetting> dev)
            throws Complaint {
        var store = kept(ledger(folder));
        var audit = audit(folder, dev);
        var signer = signer(folder);
        var edge = new IssuerEdge(new IssuerParts(
                issuerUrl,
                current,
                store.ledger(),
                signer,
                hookSecrets(folder),
                Optional.of(kept(LocalDelivering.open(folder, issuerUrl, signer, context))
                        .delivering()),
                Optional.of(KeyFetching.services(context)),
                Runnable::run,
                audit,
                context::warn,
                context.clock()));
        kept(Sweeping.start(store.sweeper(), edge, audit, context::warn, context.clock()));
        return edge;
    }

    private void serve(IssuerEdge edge, CurrentPolicy current, Optional<DevSetting> dev) throws Complaint {
        var handler = LocalAnswer.by(edge);
        if (dev.isPresent()) {
            handler = dev.get().beside(handler, () -> current.now().policy());
            dev.get().welcome(server.url(), current.now().policy()).forEach(context::say);
        }
        server.serve(handler, LocalAnswer.whenBusy(edge));
    }

    private <T extends AutoCloseable> T kept(T part) {
        open.push(part);
        return part;
    }

    private DevSetting dev(Optional<DataFolder> folder, String issuerUrl) throws Complaint {
        return kept(DevSetting.start(folder.map(DataFolder::dev), issuerUrl, settings.policy(), context.clock()));
    }

    private PolicySource source(Optional<DevSetting> dev) {
        return dev.map(setting -> new PolicySource(setting.policy(), setting::rewritten))
                .orElseGet(() -> PolicySource.asWritten(settings.policy().orElseThrow()));
    }

    private Policy firstPolicy(PolicySource source, String issuerUrl) throws Complaint {
        var read = FaultLines.tell(source.load(), context::warn);
        if (read.isPresent()) {
            var policy = source.inForce(read.get(), 1);
            requireOthers(policy, issuerUrl, source);
            AudienceAgreement.warnings(policy, issuerUrl).forEach(context::warn);
            context.say("policy " + policy.version().label() + " from " + source.path());
            return policy;
        }
        throw Complaint.refused(
                "The policy " + source.path() + " is invalid, so nothing is issued.",
                "Correct the faults above; `taskbound policy check " + source.path() + "` lists them as well.");
    }

    private static void requireOthers(Policy policy, String issuerUrl, PolicySource source) throws Complaint {
        try {
            CurrentPolicy.requireOthers(policy, issuerUrl);
        } catch (IllegalArgumentException e) {
            throw Complaint.refused(
                    "The policy " + source.path() + " cannot be used here: " + e.getMessage() + ".",
                    "A provider is the CI system; this issuer is " + issuerUrl + ".");
        }
    }

    private LedgerStore ledger(Optional<DataFolder> folder) throws Complaint {
        if (settings.table().isTyped()) {
            return LedgerStore.onTable(settings.table(), context);
        }
        context.say("ledger in DynamoDB Local, "
                + folder.map(data -> "in " + data.ledger()).orElse("in memory: gone when this process ends"));
        return folder.isPresent() ? LedgerStore.at(folder.get().ledger()) : LedgerStore.inMemory();
    }

    private static TaskSigner signer(Optional<DataFolder> folder) throws Complaint {
        if (folder.isEmpty()) {
            return LocalSigner.generate();
        }
        try {
            return LocalSigner.loadOrCreate(folder.get().signingKey());
        } catch (IOException | IllegalArgumentException e) {
            throw Complaint.refused(
                    "The signing key " + folder.get().signingKey() + " cannot be used: " + e.getMessage() + ".",
                    "Restore the file from a backup; without it every token that was issued here is void.");
        }
    }

    /** Read at each delivery: {@code taskbound hooks} changes them meanwhile. Without a folder there are none. */
    private static HookSecrets hookSecrets(Optional<DataFolder> folder) {
        if (folder.isEmpty()) {
            return HookSecrets.NONE;
        }
        var hooks = folder.get().hooks();
        return (hook, now) -> {
            try {
                return hooks.active(hook);
            } catch (IOException unreadable) {
                throw new SignerUnavailable("the hook's secrets in the data folder cannot be read");
            }
        };
    }

    private Consumer<String> audit(Optional<DataFolder> folder, Optional<DevSetting> dev) throws Complaint {
        return log(folder, dev).andThen(new KeyWarnings(context::warn));
    }

    private Consumer<String> log(Optional<DataFolder> folder, Optional<DevSetting> dev) throws Complaint {
        Optional<Path> file =
                settings.audit().or(() -> folder.map(DataFolder::audit)).or(() -> dev.map(DevSetting::audit));
        Consumer<String> summary = line -> context.say(DecisionLine.of(line));
        if (file.isEmpty()) {
            return summary;
        }
        context.say("audit log in " + file.get()
                + "; why a request was refused: taskbound policy explain --request-id ID --audit " + file.get());
        var log = kept(AuditFile.open(file.get()));
        return settings.dev() ? log.andThen(summary) : log;
    }

    private static LocalServer bind(int port) throws Complaint {
        try {
            return LocalServer.bind(port);
        } catch (IOException e) {
            throw Complaint.refused(
                    "Port " + port + " on 127.0.0.1 cannot be used: " + e.getMessage() + ".",
                    "Choose another with --port, or --port 0 for a free one.");
        }
    }

    /** The server first, so that no request meets a closed ledger; then the parts, last opened first. */
    @Override
    public void close() {
        server.close();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                context.warn("taskbound: while stopping: " + e.getMessage());
            }
        }
    }
}
