// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Faults;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the ID token comes from, as typed. */
public final class IdTokenOptions {
    @Option(
            names = "--id-token-env",
            paramLabel = "NAME",
            description = "Read the ID token from this environment variable. GitLab sets one for each name"
                    + " under id_tokens"
                    + " (default: " + IdTokenVariable.DEFAULT_NAME + ", where it is set).")
    private Optional<String> variable = Optional.empty();

    @Option(names = "--id-token-file", paramLabel = "PATH", description = "Read the ID token from this file.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--id-token-command",
            paramLabel = "SHELL",
            description =
                    "Shell command that prints the ID token; it finds the audience in " + IdTokenCommand.AUDIENCE + ".")
    private Optional<String> command = Optional.empty();

    @Option(
            names = "--id-token-audience",
            paramLabel = "A",
            description = "The ID token's audience, if the issuer's policy expects another than the issuer's URL; needs"
                    + " --issuer. An ID token for somebody else is not sent.")
    private Optional<String> audience = Optional.empty();

    /** Beside the issuer's URL, whom the ID token may be for. */
    public Optional<String> audience() {
        return audience;
    }

    /** Whom it is asked for. */
    public String audience(String issuer) {
        return audience.orElse(issuer);
    }

    /** @param issuerTyped whether the command line itself names the issuer */
    public void check(Faults faults, boolean issuerTyped) {
        long named =
                Stream.of(variable, file, command).filter(Optional::isPresent).count();
        faults.addUnless(
                named <= 1,
                "--id-token-env, --id-token-file and --id-token-command exclude each" + " other: give one of them.");
        faults.addUnless(
                audience.isEmpty() || issuerTyped,
                "--id-token-audience needs --issuer: whoever can set TASKBOUND_ISSUER would get an ID token for that"
                        + " audience.");
        faults.addUnless(audience.filter(String::isBlank).isEmpty(), "--id-token-audience is empty.");
        faults.addUnless(
                variable.filter(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*")).isEmpty(),
                "--id-token-env takes the name of a variable, not the ID token itself.");
    }

    /** Where the ID token would be asked for by a request of ours, if it is an address at all. */
    public Optional<URI> endpoint(CommandContext context) {
        boolean isNamed = variable.isPresent() || file.isPresent() || command.isPresent();
        return isNamed || context.variable(IdTokenVariable.DEFAULT_NAME).isPresent()
                ? Optional.empty()
                : GithubIdToken.endpoint(context);
    }

    /** The source that was named, else what the context offers. */
    public IdTokenSource source(CommandContext context, EnvironmentProxies proxies, String issuer) throws Complaint {
        var named = List.of(
                variable.<IdTokenSource>map(name -> new IdTokenVariable(name, context)),
                file.<IdTokenSource>map(IdTokenFile::new),
                command.<IdTokenSource>map(shell -> new IdTokenCommand(shell, context)));
        var found = named.stream().flatMap(Optional::stream).findFirst();
        return found.isPresent() ? found.get() : offered(context, proxies, issuer);
    }

    private IdTokenSource offered(CommandContext context, EnvironmentProxies proxies, String issuer) throws Complaint {
        if (context.variable(IdTokenVariable.DEFAULT_NAME).isPresent()) {
            return new IdTokenVariable(IdTokenVariable.DEFAULT_NAME, context);
        }
        var github = GithubIdToken.of(context, proxies);
        if (github.isPresent()) {
            return github.get();
        }
        var system = CiSystem.of(context);
        var asked = system.flatMap(known -> JobsOwnProgram.of(known, context));
        if (asked.isPresent()) {
            return asked.get();
        }
        if (system.filter(CiSystem.GITHUB::equals).isPresent()) {
            throw GithubIdToken.notPermitted();
        }
        throw Complaint.refused(
                "No ID token was given to prove who is asking.",
                system.map(known -> known.advice(audience(issuer)))
                        .orElse("Say where it comes from: --id-token-env NAME, --id-token-file PATH or"
                                + " --id-token-command SHELL."));
    }
}
