// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.taskbound.cli.Ran;
import io.taskbound.cli.TaskboundProcess;
import io.taskbound.local.AwsCli;
import io.taskbound.local.AwsServer;
import io.taskbound.local.minio.Minio;
import io.taskbound.local.minio.OnMinio;
import io.taskbound.local.minio.S3Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A migration as people write it: {@code taskbound run} around the unchanged AWS CLI, an issuer that asks MinIO for the
 * session, and MinIO, which judges what it opens. It reads one prefix and writes one prefix, and after the step
 * nothing.
 */
@ExtendWith(OnMinio.class)
class RunMigrationIT {
    private static final String POLICY = """
            version: 1
            providers:
              github: {profile: github, issuer: https://token.actions.githubusercontent.com, audience: http://127.0.0.1}
            resource_servers:
              lake:
                kind: aws-role
                role_arn: arn:aws:iam::111122223333:role/migration
                actions: {read: [s3:GetObject], write: [s3:PutObject, s3:AbortMultipartUpload]}
            callers:
              main: [{provider: github, claims: {repository_id: "2002", repository_owner_id: "1001", ref: refs/heads/main, ref_type: branch}}]
            tasks:
              migrate:
                permissions:
                  - {resource_server: lake, actions: [read], identifiers: ["s3:legacy-exports/datasets/*/"]}
                  - {resource_server: lake, actions: [write], identifiers: ["s3:new-lake/imports/*/"]}
                lease: 60s
                allow: [main]
            """;

    private static final String CLAIMS = """
            {"sub":"repo:acme/shop:ref:refs/heads/main","repository":"acme/shop","repository_id":"2002",
             "repository_owner":"acme","repository_owner_id":"1001","ref":"refs/heads/main","ref_type":"branch",
             "event_name":"push","run_id":"7001","run_number":"1","run_attempt":"1","actor":"octocat","actor_id":"583231",
             "workflow":"migrate","workflow_ref":"acme/shop/.github/workflows/migrate.yml@refs/heads/main",
             "job_workflow_ref":"acme/shop/.github/workflows/migrate.yml@refs/heads/main","sha":"0123456789",
             "runner_environment":"github-hosted"}""";

    private static Minio minio;
    private static String aws = "";

    @TempDir
    private Path folder;

    private TaskboundProcess issuer;
    private String url = "";

    @BeforeAll
    static void fill(Minio started) throws IOException {
        minio = started;
        try {
            aws = AwsCli.program(Path.of(System.getProperty("taskbound.root", ".")))
                    .toString();
        } catch (AwsServer.Unavailable notHere) {
            abort("NOT RUN: " + notHere.getMessage());
        }
        var store = new S3Store(minio.endpoint(), "us-east-1", minio.root().resolveCredentials());
        assertThat(store.makeBucket("legacy-exports").status()).isEqualTo(200);
        assertThat(store.makeBucket("new-lake").status()).isEqualTo(200);
        for (var key : List.of("datasets/orders/part-1", "datasets/other/part-1")) {
            assertThat(store.put("legacy-exports", key, "rows of " + key).status())
                    .isEqualTo(200);
        }
    }

    /** It has the store's own keys, as the issuer's role has the right to assume; the step has none. */
    @BeforeEach
    void serve() throws Exception {
        var root = minio.root().resolveCredentials();
        issuer = TaskboundProcess.start(
                Map.of(
                        "AWS_ENDPOINT_URL_STS", minio.endpoint().toString(),
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", root.accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", root.secretAccessKey()),
                "serve",
                "--dev",
                "--policy",
                Files.writeString(folder.resolve("policy.yaml"), POLICY).toString(),
                "--port",
                "0");
        url = issuer.awaitUrl();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private WrappedRun.Setting setting() throws IOException {
        var claims = Files.writeString(folder.resolve("claims.json"), CLAIMS).toString();
        var proof = Ran.of("dev", "id-token", "--issuer", url, "--profile", "github", "--claims", claims);
        assertThat(proof.code()).as(proof.err()).isZero();
        return new WrappedRun.Setting(
                url,
                folder,
                Map.of(
                        "TASKBOUND_ID_TOKEN", proof.out().strip(),
                        "AWS_ENDPOINT_URL_S3", minio.endpoint().toString(),
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "of-the-runner",
                        "AWS_SECRET_ACCESS_KEY", "of-the-runner"),
                List.of(
                        "--id-token-audience",
                        "http://127.0.0.1",
                        "--task",
                        "migrate",
                        "--identifier",
                        "s3:legacy-exports/datasets/orders/",
                        "--identifier",
                        "s3:new-lake/imports/orders/"));
    }

    private static String copy(String from, String to) {
        return "'" + aws + "' s3 cp --only-show-errors " + from + " " + to;
    }

    @Test
    void readsOnePrefixWritesOnePrefixAndIsRefusedElsewhereAndAfterwards() throws Exception {
        try (var run = setting()
                .sh(String.join(
                        "\n",
                        "set -e",
                        copy("s3://legacy-exports/datasets/orders/", "out/ --recursive"),
                        copy("out/part-1", "s3://new-lake/imports/orders/part-1"),
                        "if " + copy("s3://legacy-exports/datasets/other/part-1", "other") + "; then exit 3; fi",
                        "if " + copy("out/part-1", "s3://new-lake/imports/other/part-1") + "; then exit 4; fi",
                        "env > env.txt"))) {
            assertThat(run.await()).as(run.err()).isZero();
            assertThat(run.err()).contains("Forbidden", "AccessDenied");
        }
        var store = new S3Store(minio.endpoint(), "us-east-1", minio.root().resolveCredentials());
        assertThat(store.get("new-lake", "imports/orders/part-1").text()).isEqualTo("rows of datasets/orders/part-1");
        assertThat(store.get("new-lake", "imports/other/part-1").status()).isEqualTo(404);
        assertThat(folder.resolve("other")).doesNotExist();

        assertThat(afterwards()).isNotZero();
        assertThat(folder.resolve("late")).doesNotExist();
    }

    /** With the environment that the command had, kept by a thief. */
    private int afterwards() throws Exception {
        var command = List.of(aws, "s3", "cp", "--quiet", "s3://legacy-exports/datasets/orders/part-1", "late");
        var builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        Files.readAllLines(folder.resolve("env.txt")).stream()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].matches("AWS_[A-Z_0-9]+|PATH|HOME"))
                .forEach(pair -> builder.environment().put(pair[0], pair[1]));
        assertThat(builder.environment()).containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        return process.exitValue();
    }
}
