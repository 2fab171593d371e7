// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.idtoken.IdTokenOptions;
import io.taskbound.cli.inject.InjectPlan;
import io.taskbound.cli.inject.Injector;
import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Faults;
import io.taskbound.cli.terminal.Signals;
import io.taskbound.client.HttpTransport;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.dpop.ProofKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: a command with a task token that is dead when the command ends. */
@Command(
        name = "run",
        header = "Run a command with a task token that is revoked when the command ends.",
        description = {
            "",
            "Shows the CI's ID token to the issuer, runs the command with the token in TASKBOUND_TOKEN,"
                    + " TASKBOUND_TOKEN_FILE and TASKBOUND_HEADER_FILE (a header line for `curl -H @FILE`), and closes it"
                    + " when the command ends or a signal comes.",
            "",
            "With --inject, the command never has the token: it gets TASKBOUND_URL, an address on this machine that adds"
                    + " the token to its requests.",
            "",
            "Where the task's server is GitHub, AWS, OpenBao or Vault, the command gets a credential of that service in"
                    + " place of the token: git, gh, the AWS CLI and SDKs, bao and vault find it by themselves."
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound run --task sign-release --identifier artifact:acme/shop/app.jar@sha256:HEX -- ./sign.sh",
            "  taskbound run --task deploy --identifier env:production --dry-run",
            "  taskbound run --task deploy --identifier env:production --inject https://deploy.acme.example -- ./deploy.sh",
            "  taskbound run --task rotate-root-key --identifier key:root --approval-wait 10m -- ./rotate",
            "",
            "GitHub Actions: the job needs `permissions: {id-token: write}`. GitLab: `id_tokens: {TASKBOUND_ID_TOKEN:"
                    + " {aud: ISSUER}}` in the job. Buildkite and CircleCI: nothing.",
            "",
            "Exit codes: the command's own; 126 it cannot be run, 127 not found; 128 + n after signal n, where the"
                    + " command did not end by itself; 1 refused or no token; 2 usage error."
        })
public final class RunCommand implements Callable<Integer> {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    private final CommandContext context;

    @Mixin
    private TaskOptions task = new TaskOptions();

    @Option(names = "--issuer", paramLabel = "URL", description = "The issuer (default: TASKBOUND_ISSUER).")
    private Optional<String> issuer = Optional.empty();

    @Mixin
    private IdTokenOptions idToken = new IdTokenOptions();

    @Mixin
    private InjectOptions inject = new InjectOptions();

    @Option(
            names = "--pass-id-token",
            description = "Leave the CI's ID tokens, and GitHub's means to ask for them, in the command's environment.")
    private boolean passIdToken;

    @Option(names = "--dry-run", description = "Only ask whether the token would be granted; run nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "With --dry-run: print the answer as JSON on stdout.")
    private boolean json;

    @Option(
            names = "--grace",
            paramLabel = "D",
            description = "How long the command may continue after a signal before it is killed (default: 10s).")
    private Optional<String> grace = Optional.empty();

    @Option(
            names = "--approval-wait",
            paramLabel = "D",
            description = "How long to wait where people must approve the task, like 10m; 0: not at all (default: as"
                    + " long as the policy lets them).")
    private Optional<String> approvalWait = Optional.empty();

    @Option(
            names = "--receipt",
            paramLabel = "FILE",
            description = "Write the token's receipt to this file after the command, for `taskbound verify`; no"
                    + " secret. If there is none, that is a warning and changes no exit code.")
    private Optional<Path> receipt = Optional.empty();

    @Option(names = "--quiet", description = "Print nothing unless something goes wrong or people must approve.")
    private boolean quiet;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command and its arguments, after --.")
    private List<String> command = new ArrayList<>();

    public RunCommand(CommandContext context) {
        this.context = context;
    }

    /** Begins what takes longest of all, while the command line is being read. */
    public static void warmUp() {
        EnvironmentProxies.allowLogins();
        var unused = Background.start("warm-up", HttpTransport::create);
    }

    /** What follows the command's name is its own, with or without -- before it. */
    @Spec
    void leaveTheRestAlone(CommandSpec spec) {
        spec.parser().stopAtPositional(true);
    }

    @Override
    public Integer call() throws Complaint {
        var checked = checked();
        var log = new StepLog(context, quiet);
        if (dryRun) {
            return new DryRun(plan(checked), log, json).ask();
        }
        var fault = new Executable(context).fault(command.get(0));
        if (fault.isPresent()) {
            log.warn("taskbound: the command "
                    + (fault.get() == Executable.NOT_FOUND ? "was not found" : "is not executable")
                    + "; no token was requested");
            return fault.get();
        }
        var plan = plan(checked);
        try (var signals = Signals.listen()) {
            return new StepRun(plan, log, signals).run();
        }
    }

    private record Checked(
            IssuerUrl issuer,
            TaskRequest request,
            EnvironmentProxies proxies,
            Optional<InjectPlan> inject,
            Times times) {}

    private record Times(Duration grace, Optional<Duration> approvalWait) {}

    /** All faults of the command line at once, before any of it is acted on. */
    private Checked checked() throws Complaint {
        var faults = new Faults();
        var request = task.request(faults);
        var url = issuerUrl(faults);
        idToken.check(faults, issuer.isPresent());
        var proxies = EnvironmentProxies.of(context);
        var injected = inject.plan(proxies, faults);
        Stream.of(url.map(at -> URI.create(at.toString())), idToken.endpoint(context), inject.address())
                .flatMap(Optional::stream)
                .flatMap(address -> proxies.fault(address).stream())
                .distinct()
                .forEach(faults::add);
        var patience = TypedDuration.parse("--grace", grace, faults).orElse(DEFAULT_GRACE);
        var times = new Times(patience, approvalWait(faults));
        faults.addUnless(!json || dryRun, "--json goes with --dry-run.");
        faults.addUnless(!dryRun || receipt.isEmpty(), "--receipt does not go with --dry-run: no token is issued.");
        faults.addUnless(dryRun || !command.isEmpty(), "No command to run; write it after --.");
        faults.addUnless(
                command.stream().noneMatch(RunCommand::isGarbled),
                "The command has an argument that Java cannot read in this locale; set LC_ALL=C.UTF-8.");
        faults.complainIfAny("taskbound run");
        if (inject.isAsked()) {
            Injector.prepare();
        }
        return new Checked(url.orElseThrow(), request.orElseThrow(), proxies, injected, times);
    }

    /** In the locale C, Java puts a replacement character for each byte beyond ASCII, and would hand that on. */
    private static boolean isGarbled(String argument) {
        return argument.indexOf('\ufffd') >= 0 && !"UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    }

    private RunPlan plan(Checked checked) throws Complaint {
        var where = checked.issuer().toString();
        var client = IssuerClient.builder(checked.issuer())
                .transport(checked.proxies().transport());
        idToken.audience().ifPresent(client::idTokenAudience);
        return new RunPlan(
                client.build(),
                inject.isAsked() ? checked.request().withProofKey(ProofKey.create()) : checked.request(),
                idToken.source(context, checked.proxies(), where),
                idToken.audience(where),
                passIdToken,
                checked.times().grace(),
                checked.times().approvalWait(),
                checked.inject(),
                receipt,
                command);
    }

    private Optional<Duration> approvalWait(Faults faults) {
        return approvalWait.filter("0"::equals).isPresent()
                ? Optional.of(Duration.ZERO)
                : TypedDuration.parse("--approval-wait", approvalWait, faults);
    }

    private Optional<IssuerUrl> issuerUrl(Faults faults) {
        var named = issuer.or(() -> context.variable("TASKBOUND_ISSUER"));
        faults.addUnless(named.isPresent(), "--issuer is missing, and TASKBOUND_ISSUER is not set.");
        try {
            return named.map(IssuerUrl::of);
        } catch (IllegalArgumentException e) {
            faults.add("--issuer: " + e.getMessage() + ".");
            return Optional.empty();
        }
    }
}
