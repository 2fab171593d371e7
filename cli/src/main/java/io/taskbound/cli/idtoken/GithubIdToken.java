// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.GithubRunner;
import io.taskbound.client.IdToken;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Asks the runner of GitHub Actions for an ID token, by the URL and the bearer secret that it gave to the job. */
final class GithubIdToken implements IdTokenSource {
    private final Map<String, String> environment;
    private final EnvironmentProxies proxies;

    private GithubIdToken(Map<String, String> environment, EnvironmentProxies proxies) {
        this.environment = environment;
        this.proxies = proxies;
    }

    /** Empty outside GitHub Actions, and in a job that may not ask. */
    static Optional<IdTokenSource> of(CommandContext context, EnvironmentProxies proxies) {
        boolean mayAsk = context.variable(GithubRunner.URL).isPresent()
                && context.variable(GithubRunner.TOKEN).isPresent();
        return mayAsk ? Optional.of(new GithubIdToken(context.environment(), proxies)) : Optional.empty();
    }

    /** Where it would be asked for; empty also for what is no address. */
    static Optional<URI> endpoint(CommandContext context) {
        try {
            return context.variable(GithubRunner.URL)
                    .map(URI::create)
                    .filter(uri -> uri.getHost() != null && uri.getScheme() != null);
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    static Complaint notPermitted() {
        return Complaint.refused("This job may not request an ID token from GitHub.", CiSystem.GITHUB.advice(""));
    }

    @Override
    public IdToken fetch(String audience) throws Complaint {
        var answer = runner().fetch(audience);
        if (answer instanceof GithubRunner.Answer.Fetched fetched) {
            return fetched.idToken();
        }
        throw unavailable(answer.match(fetched -> "", GithubRunner.Answer.NotFetched::why));
    }

    private GithubRunner runner() throws Complaint {
        try {
            return GithubRunner.of(environment, proxies.transport()).orElseThrow();
        } catch (IllegalArgumentException notFromARunner) {
            throw Complaint.refused(
                    GithubRunner.URL + " and " + GithubRunner.TOKEN + " are not what a runner sets.",
                    "Do not set them yourself.");
        }
    }

    private static Complaint unavailable(String why) {
        return Complaint.refused(
                "GitHub's ID token endpoint gave no ID token: " + why + ".",
                "The command was not run. Run the job again; the endpoint belongs to the runner.");
    }
}
