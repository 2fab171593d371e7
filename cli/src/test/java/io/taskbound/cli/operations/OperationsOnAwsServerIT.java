// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The policies that docs/operations.md shows, taken by an IAM; its commands, held against AWS's description of its
 * services.
 */
@ExtendWith(OnAwsServer.class)
class OperationsOnAwsServerIT {
    private static final String ROLE = "dataset-publisher";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static URI iam = URI.create("about:blank");

    @BeforeAll
    static void makeARole(AwsServer server) throws IOException, InterruptedException {
        iam = server.endpoint();
        var document = OperationsPage.example("aws/trust-policy.json");
        var made = call("CreateRole", Map.of("RoleName", ROLE, "AssumeRolePolicyDocument", document));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    }

    private static HttpResponse<String> call(String action, Map<String, String> parameters)
            throws IOException, InterruptedException {
        var form = new LinkedHashMap<>(Map.of("Action", action, "Version", "2010-05-08"));
        form.putAll(parameters);
        var body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        // Nobody checks the signature; it says which service is meant.
        var request = HttpRequest.newBuilder(iam)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20261127/us-east-1/iam/aws4_request, SignedHeaders=host,"
                                + " Signature=00")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    /** Making a role takes any trust policy here; changing it does not. */
    private static int trust(String document) throws IOException, InterruptedException {
        return call("UpdateAssumeRolePolicy", Map.of("RoleName", ROLE, "PolicyDocument", document))
                .statusCode();
    }

    private static int permissions(String document) throws IOException, InterruptedException {
        return call("PutRolePolicy", Map.of("RoleName", ROLE, "PolicyName", "end-sessions", "PolicyDocument", document))
                .statusCode();
    }

    @Test
    void bothPoliciesAreTaken() throws Exception {
        assertThat(trust(OperationsPage.example("aws/trust-policy.json"))).isEqualTo(200);
        assertThat(permissions(OperationsPage.example("aws/end-sessions.json"))).isEqualTo(200);
    }

    @Test
    void brokenOnesAreNot() throws Exception {
        var trust = OperationsPage.example("aws/trust-policy.json");
        assertThat(trust(trust.replace("\"Allow\"", "\"Perhaps\""))).isEqualTo(400);
        assertThat(trust(trust.replace("sts:TagSession", "s3:GetObject"))).isEqualTo(400);
        assertThat(permissions(OperationsPage.example("aws/end-sessions.json").replace("\"Deny\"", "\"Perhaps\"")))
                .isEqualTo(400);
    }

    @Test
    void everyCommandOfAwsIsOneOfIts() throws Exception {
        var lines = OperationsPage.commands("aws");
        assertThat(lines).hasSizeGreaterThan(10);
        assertThat(faults(String.join("\n", lines))).isEmpty();
    }

    @Test
    void aCommandThatAwsDoesNotKnowIsNamed() throws Exception {
        assertThat(faults("aws lambda put-function-concurrency --function FUNCTION"))
                .contains("unknown --function", "missing --function-name");
        assertThat(faults("aws dynamodb restore --table T")).contains("no operation restore");
    }

    /** By the Python that the server runs on. */
    private static String faults(String lines) throws IOException, InterruptedException {
        var python = OperationsPage.ROOT.resolve("target/aws-server/venv/bin/python");
        var process = new ProcessBuilder(
                        python.toString(),
                        OperationsPage.ROOT
                                .resolve("local/aws-server/command-lines.py")
                                .toString())
                .redirectErrorStream(true)
                .start();
        try (var in = process.outputWriter(UTF_8)) {
            in.write(lines + "\n");
        }
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
