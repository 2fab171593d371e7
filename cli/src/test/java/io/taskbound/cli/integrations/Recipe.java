// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.integrations;

import io.taskbound.local.ClaimSet;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A folder of integrations/: what its system would start, who its policy lets in, and how an ID token is had.
 *
 * @param asked empty where the system makes one ID token for the job
 */
record Recipe(
        String name,
        String directory,
        Dialect dialect,
        Function<StandInProvider, ClaimSet> known,
        UnaryOperator<ClaimSet> stranger,
        Optional<Asked> asked,
        Reader reader) {
    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));

    static final List<Recipe> ALL = List.of(
            new Recipe(
                    "gitlab",
                    "gitlab",
                    Dialect.GITLAB,
                    provider -> provider.gitlab("acme/shop", "main")
                            .with("project_id", "20")
                            .with("namespace_id", "7"),
                    claims -> claims.with("project_id", "21"),
                    Optional.empty(),
                    Recipes::gitlab),
            new Recipe(
                    "buildkite",
                    "buildkite",
                    Dialect.BUILDKITE,
                    provider -> provider.buildkite("acme", "shop", "main")
                            .with("organization_id", "0184990a-477b-4fa8-9968-496074483ce1")
                            .with("pipeline_id", "0184990a-4782-42b5-afc1-16715b10b8f2"),
                    claims -> claims.with("pipeline_id", "0184990a-4782-42b5-afc1-16715b10b8f3"),
                    Optional.of(new Asked(
                            "buildkite-agent",
                            "oidc request-token --audience ISSUER --claim organization_id --claim pipeline_id")),
                    Recipes::buildkite),
            new Recipe(
                    "circleci",
                    "circleci",
                    Dialect.CIRCLECI,
                    provider -> provider.circleci("00000000-1111-2222-3333-444444444444"),
                    claims -> claims.with("oidc.circleci.com/vcs-origin", "github.com/mallory/shop"),
                    Optional.of(new Asked("circleci", "run oidc get --claims {\"aud\": \"ISSUER\"}")),
                    Recipes::circleci),
            new Recipe(
                    "tekton",
                    "tekton",
                    Dialect.KUBERNETES,
                    provider -> provider.kubernetes("ci", "deployer"),
                    claims -> claims.with("sub", "system:serviceaccount:ci:default"),
                    Optional.empty(),
                    Recipes::tekton),
            new Recipe(
                    "kubernetes one task",
                    "kubernetes",
                    Dialect.KUBERNETES,
                    provider -> provider.kubernetes("ci", "deployer"),
                    claims -> claims.with("sub", "system:serviceaccount:other:deployer"),
                    Optional.empty(),
                    Recipes::kubernetesOneTask),
            new Recipe(
                    "kubernetes several tasks",
                    "kubernetes",
                    Dialect.KUBERNETES,
                    provider -> provider.kubernetes("ci", "deployer"),
                    claims -> claims.with("sub", "system:serviceaccount:other:deployer"),
                    Optional.of(new Asked(
                            "kubectl",
                            "create token deployer --audience ISSUER --duration 10m --bound-object-kind Pod"
                                    + " --bound-object-name deploy-7d4f --bound-object-uid 3a516f")),
                    Recipes::kubernetesSeveralTasks));

    /** A program that prints a new ID token, if it is asked in exactly these words. */
    record Asked(String program, String words) {}

    /** What the system starts, and the environment that it gives it. */
    record Start(List<String> command, Map<String, String> environment) {}

    /** Where {@link Start} is read from, with this issuer, task and script; ID tokens in files are in this one. */
    record Setting(Path folder, String issuer, String task, String script, Path idTokenFile) {}

    /** Reads what is to be started. */
    interface Reader {
        Start read(Setting setting) throws IOException;
    }

    Path folder() {
        return ROOT.resolve("integrations").resolve(directory);
    }

    ClaimSet claims(StandInProvider provider) {
        return known.apply(provider);
    }

    ClaimSet strangers(ClaimSet claims) {
        return stranger.apply(claims);
    }

    Start start(String issuer, String task, String script, Path idTokenFile) throws IOException {
        return reader.read(new Setting(folder(), issuer, task, script, idTokenFile));
    }

    @Override
    public String toString() {
        return name;
    }
}
