// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import io.taskbound.cli.direct.DirectTransport;
import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.rules.RuleSet;
import io.taskbound.cli.rules.RulesFile;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.cli.terminal.ListenAddress;
import io.taskbound.cli.terminal.Loopback;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.SecretInput;
import io.taskbound.cli.terminal.Signals;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code guard}: answers a gateway whether a request may pass, until it is told to stop. */
@Command(
        name = "guard",
        header = "Answer a gateway (nginx, Caddy, Traefik, Envoy, HAProxy) whether a request may pass.",
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "",
            "The gateway asks before it lets a request through. A file of rules says which action on which target a"
                    + " request is, by its method and path. The guard uses the caller's token for exactly that, once,"
                    + " at the issuer, and answers 200, or 401, 403 or 503 for the caller.",
            "",
            "A request that two programs could read as two different ones is refused before the issuer is asked. One"
                    + " line of JSON on stdout per decision; it never holds a token."
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = GuardCheckCommand.class,
        footer = {
            "",
            "Examples:",
            "  taskbound guard --rules rules.yaml --server tickets --secret-file tickets.secret --gateway nginx",
            "  taskbound guard check rules.yaml --try \"GET /tickets/7\""
        })
public final class GuardCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--rules", paramLabel = "FILE", description = "The file of rules.")
    private Optional<Path> rules = Optional.empty();

    @Option(names = "--server", paramLabel = "NAME", description = "The resource server's name in the policy.")
    private Optional<String> server = Optional.empty();

    @Option(names = "--secret-file", paramLabel = "FILE", description = "Its secret, as `policy secret NAME` wrote it.")
    private Optional<Path> secretFile = Optional.empty();

    @Option(names = "--issuer", paramLabel = "URL", description = "The issuer (default: TASKBOUND_ISSUER).")
    private Optional<String> issuer = Optional.empty();

    @Option(
            names = "--gateway",
            paramLabel = "G",
            defaultValue = "nginx",
            description = "nginx (default), caddy, traefik, envoy or haproxy: how it tells the original request.")
    private String gateway = "";

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1:8765",
            description = "Where the gateway asks (default: 127.0.0.1:8765).")
    private String listen = "";

    @Option(
            names = "--admin",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1:8766",
            description = "Where /metrics, /healthz and /readyz are (default: 127.0.0.1:8766).")
    private String admin = "";

    public GuardCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var settings = new RunningGuard.Settings(
                readRules(required("--rules", rules)),
                Gateway.named(gateway)
                        .orElseThrow(() -> Complaint.usage(
                                "--gateway " + Printable.typed(gateway) + " is none that is known.",
                                "There are " + Gateway.words() + ".")),
                address("--listen", listen),
                address("--admin", admin));
        var asked = asked();
        introduce(asked);
        try (var signals = Signals.untilSecond();
                var guard = RunningGuard.start(settings, asked, context::say, context.clock())) {
            context.warn(
                    "listening on " + guard.url() + " for " + settings.gateway().word() + "; rules: "
                            + settings.rules().names().size() + ", for "
                            + settings.rules().publicUrl() + "; metrics on "
                            + guard.adminUrl());
            signals.await();
        }
        context.warn("stopped");
        return 0;
    }

    private static <T> T required(String option, Optional<T> value) throws Complaint {
        return value.orElseThrow(() -> Complaint.usage(option + " is missing.", "See `taskbound guard --help`."));
    }

    private RuleSet readRules(Path file) throws Complaint {
        try {
            return RulesFile.read(file)
                    .rules(context::warn)
                    .orElseThrow(() -> Complaint.refused(
                            "The file of rules is faulty, and nothing is let in.", "Correct the faults above."));
        } catch (IOException unreadable) {
            throw Complaint.usage(
                    file + " cannot be read: " + FileTrouble.words(unreadable) + ".", "Name a file of rules.");
        }
    }

    private InetSocketAddress address(String option, String text) throws Complaint {
        var address = ListenAddress.of(option, text);
        if (!address.getAddress().isLoopbackAddress()) {
            context.warn(
                    "warning: " + option + " " + text + " can be reached from other machines, unencrypted; see to it"
                            + " that " + (option.equals("--listen") ? "only the gateway does" : "callers do not"));
        }
        return address;
    }

    private GuardIssuer asked() throws Complaint {
        var url = IssuerUrl.of(
                Loopback.issuerUrl(required("--issuer", issuer.or(() -> context.variable("TASKBOUND_ISSUER")))));
        var name = required("--server", server);
        var secret = SecretInput.file(required("--secret-file", secretFile));
        try {
            return new GuardIssuer(url, transport(url), ServerCredentials.of(name, secret));
        } catch (IllegalArgumentException unfit) {
            throw Complaint.usage(
                    "--server or --secret-file cannot be used: " + unfit.getMessage() + ".",
                    "Name the resource server as the policy does, and the file that `taskbound policy secret` wrote.");
        }
    }

    private Transport transport(IssuerUrl url) throws Complaint {
        EnvironmentProxies.allowLogins();
        var proxies = EnvironmentProxies.of(context);
        var uri = URI.create(url.toString());
        var fault = proxies.fault(uri);
        if (fault.isPresent()) {
            throw Complaint.usage(fault.get(), "Correct it, or leave it out.");
        }
        return proxies.isDirect(uri) ? DirectTransport.create(GuardIssuer.MOST_CONNECTIONS) : proxies.transport();
    }

    private void introduce(GuardIssuer asked) throws Complaint {
        var answer = asked.introduce();
        if (answer.refused()) {
            throw Complaint.refused(
                    "The issuer does not take this name and secret: "
                            + answer.why().orElse("") + ".",
                    "Compare --server and --secret-file with the policy that is in force.");
        }
        answer.why()
                .ifPresent(why -> context.warn(
                        "warning: " + why + "; until the issuer answers, every request that needs a token gets 503"));
    }
}
