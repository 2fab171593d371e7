// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.AwsServer;
import io.taskbound.local.AwsStack;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.OnAwsServer;
import io.taskbound.local.StandInProvider;
import io.taskbound.stack.StackTemplate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What infra/package makes, deployed on the AWS-compatible server; then the functions of that very zip run against the
 * table and the keys that CloudFormation made there, with the settings that it gave them.
 */
@ExtendWith(OnAwsServer.class)
class StackOnAwsServerIT {
    private static final String PROVIDER = "https://ci.acme.example";
    private static final String PACKAGE = "package";
    private static final Clock CLOCK = Clock.systemUTC();
    private static final StandInProvider PROVIDERS = StandInProvider.start(CLOCK);

    @TempDir
    private static Path folder;

    private static Path unpacked;
    private static AwsStack stack;
    private static AwsServer aws;
    private static Path policy;

    @BeforeAll
    static void deploy(AwsServer server) throws Exception {
        aws = server;
        var zip = Path.of(System.getProperty("taskbound.lambda.zip"));
        unpacked = FunctionProcess.unpack(zip, Files.createDirectory(folder.resolve("task")));
        var made = folder.resolve("stack");
        packaged(zip, made);
        try (var files = Files.newDirectoryStream(made, "*.zip")) {
            stack = AwsStack.deploy(
                    server,
                    StackTemplate.ROOT,
                    made.resolve("template.yaml"),
                    files.iterator().next(),
                    Map.of("IssuerUrl", "auto", "Protect", "false"));
        }
        policy = Files.writeString(
                folder.resolve("policy.json"),
                TestIssuer.policyJson(PROVIDER)
                        .replace(TestIssuer.ISSUER, stack.outputs().get("IssuerUrl"))
                        .replace(
                                "\"profile\":\"github\",",
                                "\"profile\":\"github\",\"jwks\":" + PROVIDERS.jwks() + ","));
    }

    private static void packaged(Path zip, Path made) throws IOException, InterruptedException {
        var script = new ProcessBuilder(
                        "bash",
                        StackTemplate.ROOT.resolve("infra").resolve(PACKAGE).toString(),
                        "--zip",
                        zip.toString(),
                        "--out",
                        made.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("package.log").toFile())
                .start();
        assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(script.exitValue())
                .as(Files.readString(folder.resolve("package.log")))
                .isZero();
    }

    @AfterAll
    static void stop() {
        PROVIDERS.close();
    }

    /** What CloudFormation told the function, and where AWS is here. */
    private static Map<String, String> settings(String functionOutput) throws Exception {
        var known = parsed(stack.function(stack.outputs().get(functionOutput)));
        var settings = new HashMap<String, String>();
        known.object("Environment")
                .flatMap(environment -> environment.object("Variables"))
                .orElseThrow()
                .members()
                .forEach((name, value) ->
                        // A number where Lambda has a text.
                        settings.put(name, value instanceof JsonString text ? text.value() : JsonText.of(value)));
        settings.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
        settings.put("AWS_REGION", AwsStack.REGION);
        return settings;
    }

    private static Map<String, String> withPolicyFile() throws Exception {
        var settings = settings("FunctionName");
        settings.put("TASKBOUND_POLICY_FILE", policy.toString());
        return settings;
    }

    @Test
    void theOutputsAreAllThere() {
        assertThat(stack.outputs().keySet())
                .contains("IssuerUrl", "JwksUrl", "ActionSettings", "JenkinsSettings", "TableName", "AuditLogGroup")
                .contains("PolicyKeyArn", "SigningKeyArn", "PublisherPolicyArn", "OperatorPolicyArn");
        assertThat(stack.outputs().get("IssuerUrl"))
                .matches("https://[a-z0-9]+\\.execute-api\\.us-east-1\\.amazonaws\\.com");
        assertThat(stack.outputs().get("JenkinsSettings"))
                .contains(stack.outputs().get("IssuerUrl"));
    }

    @Test
    void withoutAPolicyTheIssuerSaysSoAndIssuesNothing() throws Exception {
        try (var api = new RuntimeApi();
                var function = FunctionProcess.start(unpacked, api, settings("FunctionName"))) {
            assertThat(JsonText.of(body(503, api.invoke(LambdaEvents.get("/healthz")))))
                    .contains("\"missing\":[\"policy_absent\"]");
            body(503, mint(api));
            assertThat(function.log()).contains("policy_absent");
        }
    }

    /** Each token is checked by what the issuer published, before and after the key changed and the function restarted. */
    @Test
    void signsWithKmsRotatesAndGoesOnAfterARestart() throws Exception {
        try (var api = new RuntimeApi();
                var function = FunctionProcess.start(unpacked, api, withPolicyFile())) {
            assertThat(JsonText.of(body(200, api.invoke(LambdaEvents.get("/healthz")))))
                    .contains("\"ok\"");
            verified(api, mint(api), 1);
            assertThat(function.log()).contains("\"Issuer\":\"taskbound\"");
        }
        assertThat(rotated()).contains("\"result\":\"rotated\"").contains("signs_from");
        assertThat(rotated()).contains("\"result\":\"not_due\"");
        try (var api = new RuntimeApi();
                var function = FunctionProcess.start(unpacked, api, withPolicyFile())) {
            verified(api, mint(api), 2);
            assertThat(function.log()).contains("\"result\":\"granted\"");
        }
    }

    /** In this process: the handler of the zip's other function, with the settings that the stack gave it. */
    private static String rotated() throws Exception {
        var settings = settings("RotationFunctionName");
        var found = Map.of(
                "aws.endpointUrl",
                aws.endpoint().toString(),
                "aws.region",
                AwsStack.REGION,
                "aws.accessKeyId",
                "local",
                "aws.secretAccessKey",
                "local");
        found.forEach(System::setProperty);
        try {
            var told = new ByteArrayOutputStream();
            new KeyRotationLambda(RotationSettings.read(settings), CLOCK)
                    .handleRequest(new ByteArrayInputStream(new byte[0]), told, new StandInContext());
            return told.toString(UTF_8);
        } finally {
            found.keySet().forEach(System::clearProperty);
        }
    }

    private static void verified(RuntimeApi api, String minted, int published) throws ParseException, JOSEException {
        var token = SignedJWT.parse(body(200, minted).string("access_token").orElseThrow());
        var keys = JWKSet.parse(JsonText.of(body(200, api.invoke(LambdaEvents.get("/.well-known/jwks.json")))));
        assertThat(keys.getKeys()).hasSize(published);
        var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey();
        assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(token.getJWTClaimsSet().getIssuer())
                .isEqualTo(stack.outputs().get("IssuerUrl"));
    }

    private static String mint(RuntimeApi api) {
        var claims = TestIssuer.githubClaims(PROVIDERS, CLOCK);
        claims.put("iss", PROVIDER);
        claims.put("aud", stack.outputs().get("IssuerUrl"));
        var form = TestIssuer.signForm(
                PROVIDERS.idToken(ClaimSet.of(claims)), UUID.randomUUID().toString());
        return api.invoke(LambdaEvents.post("/token", form, Optional.empty()));
    }

    private static JsonObject body(long status, String answer) {
        var read = parsed(answer);
        assertThat(read.wholeNumber("statusCode")).as(answer).hasValue(status);
        return parsed(read.string("body").orElseThrow());
    }

    private static JsonObject parsed(String json) {
        try {
            return StrictJson.parseObject(json.getBytes(UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(json, malformed);
        }
    }
}
