// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.terminal.CommandContext;
import java.util.Arrays;
import java.util.Optional;

/**
 * The CI systems that are recognised, each by a variable that it documents, in the order in which they are looked for:
 * a job of Jenkins or GitLab may run in a pod, so Kubernetes is the last. {@code contract/ci-systems.json} has the
 * cases.
 */
enum CiSystem {
    GITHUB,
    GITLAB,
    BUILDKITE,
    CIRCLECI,
    AZURE,
    BITBUCKET,
    TEAMCITY,
    JENKINS,
    KUBERNETES;

    /** The one that this process runs in, if it is one of them. */
    static Optional<CiSystem> of(CommandContext context) {
        return Arrays.stream(values()).filter(system -> system.isIn(context)).findFirst();
    }

    private boolean isIn(CommandContext context) {
        return switch (this) {
            case GITHUB -> isTrue(context, "GITHUB_ACTIONS");
            case GITLAB -> isTrue(context, "GITLAB_CI");
            case BUILDKITE -> isTrue(context, "BUILDKITE");
            case CIRCLECI -> isTrue(context, "CIRCLECI");
            case AZURE -> isTrue(context, "TF_BUILD");
            case BITBUCKET -> isSet(context, "BITBUCKET_BUILD_NUMBER");
            case TEAMCITY -> isSet(context, "TEAMCITY_VERSION");
            case JENKINS -> isSet(context, "JENKINS_URL") || isSet(context, "JENKINS_HOME");
            case KUBERNETES -> isSet(context, "KUBERNETES_SERVICE_HOST");
        };
    }

    private static boolean isSet(CommandContext context, String name) {
        return context.variable(name).isPresent();
    }

    private static boolean isTrue(CommandContext context, String name) {
        return context.variable(name).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** What to write, where no ID token can be had without it. */
    String advice(String audience) {
        return switch (this) {
            case GITHUB ->
                "Give the job `permissions: {id-token: write, contents: read}`. In a reusable workflow the"
                        + " calling job must grant it as well. A pull request from a fork never gets one.";
            case GITLAB -> IdTokenVariable.gitlab(IdTokenVariable.DEFAULT_NAME, audience);
            case BUILDKITE ->
                "In a container, the step's plugin must mount the agent, like `mount-buildkite-agent: true` of"
                        + " docker. Elsewhere: --id-token-command SHELL.";
            case CIRCLECI ->
                "Every job of CircleCI has it in its PATH; check who changed PATH. Elsewhere:"
                        + " --id-token-command SHELL.";
            case AZURE ->
                "On Azure Pipelines, write a command that asks SYSTEM_OIDCREQUESTURI for one, and name it:\n"
                        + "  --id-token-command ./id-token.sh --issuer " + audience
                        + " --id-token-audience api://AzureADTokenExchange";
            case BITBUCKET ->
                "In Bitbucket Pipelines, request one for the step:\n  oidc:\n    audiences: [" + audience
                        + "]\nand name its variable:\n  --id-token-env BITBUCKET_STEP_OIDC_TOKEN";
            case TEAMCITY ->
                "On TeamCity, write a command that prints one, and name it:\n"
                        + "  --id-token-command './id-token.sh \"$" + IdTokenProgram.AUDIENCE + "\"'";
            case JENKINS ->
                "In a Jenkins Pipeline, use the plugin's step withTaskToken, or bind a credential of the kind"
                        + " \"OpenID Connect id token\" with the audience " + audience
                        + ":\n  withCredentials([string(credentialsId: 'taskbound', variable: '"
                        + IdTokenVariable.DEFAULT_NAME + "')]) { … }";
            case KUBERNETES ->
                "In a pod, project a token of the service account, with the audience " + audience
                        + " and expirationSeconds: 600, and name its file:\n"
                        + "  --id-token-file /var/run/secrets/taskbound/token";
        };
    }
}
