// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the ID token comes from, as typed. */
final class IdTokenOptions {
    @Option(
            names = "--id-token-env",
            paramLabel = "NAME",
            description = "The ID token is in this environment variable. GitLab makes one for each name under id_tokens"
                    + " (default: " + IdTokenVariable.DEFAULT_NAME + ", where it is set).")
    private Optional<String> variable = Optional.empty();

    @Option(names = "--id-token-file", paramLabel = "PATH", description = "The ID token is in this file.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--id-token-command",
            paramLabel = "SHELL",
            description = "This shell command prints the ID token; the audience is in its variable "
                    + IdTokenCommand.AUDIENCE + ".")
    private Optional<String> command = Optional.empty();

    @Option(
            names = "--id-token-audience",
            paramLabel = "A",
            description =
                    "The audience to ask for (default: the issuer's URL). An ID token that is there already has its"
                            + " own: in GitLab, aud in .gitlab-ci.yml.")
    private Optional<String> audience = Optional.empty();

    @Option(
            names = "--pass-id-token",
            description = "Leave the command the means to ask for an ID token, which it does not get otherwise.")
    private boolean pass;

    boolean pass() {
        return pass;
    }

    String audience(String issuer) {
        return audience.orElse(issuer);
    }

    void check(Faults faults) {
        long named =
                Stream.of(variable, file, command).filter(Optional::isPresent).count();
        faults.addUnless(named <= 1, "--id-token-env, --id-token-file and --id-token-command: name one of them.");
        faults.addUnless(
                audience.isEmpty() || (variable.isEmpty() && file.isEmpty()),
                "--id-token-audience changes nothing about an ID token that is there already; set it where the token is"
                        + " made (in GitLab, aud under id_tokens).");
        faults.addUnless(audience.filter(String::isBlank).isEmpty(), "--id-token-audience is empty.");
        faults.addUnless(
                variable.filter(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*")).isEmpty(),
                "--id-token-env takes the name of a variable, not the ID token.");
    }

    /** The source that was named, else what the surroundings offer. */
    IdTokenSource source(CommandContext surroundings, ProxySelector proxies, String issuer) throws Complaint {
        var named = List.of(
                variable.<IdTokenSource>map(name -> new IdTokenVariable(name, surroundings)),
                file.<IdTokenSource>map(IdTokenFile::new),
                command.<IdTokenSource>map(shell -> new IdTokenCommand(shell, surroundings)));
        var found = named.stream().flatMap(Optional::stream).findFirst();
        return found.isPresent() ? found.get() : offered(surroundings, proxies, issuer);
    }

    private IdTokenSource offered(CommandContext surroundings, ProxySelector proxies, String issuer) throws Complaint {
        if (surroundings.variable(IdTokenVariable.DEFAULT_NAME).isPresent()) {
            return new IdTokenVariable(IdTokenVariable.DEFAULT_NAME, surroundings);
        }
        var github = GithubIdToken.of(surroundings, proxies);
        if (github.isPresent()) {
            return github.get();
        }
        if (surroundings.variable("GITHUB_ACTIONS").filter("true"::equals).isPresent()) {
            throw GithubIdToken.notPermitted();
        }
        throw Complaint.refused(
                "There is no ID token that says who is asking.",
                "Say where it is: --id-token-env NAME, --id-token-file PATH or --id-token-command SHELL.\n"
                        + IdTokenVariable.gitlab(IdTokenVariable.DEFAULT_NAME, audience(issuer)));
    }
}
