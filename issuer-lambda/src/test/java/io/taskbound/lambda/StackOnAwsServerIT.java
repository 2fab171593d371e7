// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.taskbound.http.TestIssuer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.local.AwsServer;
import io.taskbound.local.AwsStack;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.OnAwsServer;
import io.taskbound.local.SamTemplate;
import io.taskbound.local.StandInProvider;
import io.taskbound.stack.StackTemplate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * What infra/package makes, deployed on the AWS-compatible server; then the functions of that very zip run against the
 * table and the keys that CloudFormation made there, with the settings that it gave them.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@ExtendWith(OnAwsServer.class)
class StackOnAwsServerIT {
    private static final String PROVIDER = "https://ci.acme.example";
    private static final Pattern VERSION = Pattern.compile("\"IssuerFunctionVersion[0-9a-f]+\": \\{");
    private static final Clock CLOCK = Clock.systemUTC();
    private static final StandInProvider PROVIDERS = StandInProvider.start(CLOCK);

    @TempDir
    private static Path folder;

    private static Path unpacked;
    private static Path made;
    private static AwsServer aws;

    @BeforeAll
    static void makeThePackage(AwsServer server) throws Exception {
        aws = server;
        var zip = Path.of(System.getProperty("taskbound.lambda.zip"));
        unpacked = FunctionProcess.unpack(zip, Files.createDirectory(folder.resolve("task")));
        made = folder.resolve("stack");
        packaged(zip, made);
    }

    private static Deployed deploy(String signer) throws Exception {
        try (var files = Files.newDirectoryStream(made, "*.zip")) {
            return new Deployed(AwsStack.deploy(
                    aws,
                    "taskbound-" + signer,
                    StackTemplate.ROOT,
                    made.resolve("template.yaml"),
                    files.iterator().next(),
                    Map.of("IssuerUrl", "auto", "Protect", "false", "Signer", signer)));
        }
    }

    private static void packaged(Path zip, Path made) throws IOException, InterruptedException {
        var script = new ProcessBuilder(
                        "bash",
                        StackTemplate.ROOT.resolve("infra").resolve("package").toString(),
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

    /** A stack, and what a person with its outputs can do. */
    private record Deployed(AwsStack stack) {
        String output(String name) {
            return Optional.ofNullable(stack.outputs().get(name)).orElseThrow(() -> new AssertionError(name));
        }

        /** What CloudFormation told the function, and where AWS is here. */
        Map<String, String> settings(String functionOutput) throws Exception {
            var settings = new HashMap<String, String>();
            parsed(stack.function(output(functionOutput)))
                    .object("Environment")
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

        FunctionProcess start(RuntimeApi api) throws Exception {
            return FunctionProcess.start(unpacked, api, settings("FunctionName"));
        }

        FunctionProcess startWithAPolicy(RuntimeApi api) throws Exception {
            var policy = TestIssuer.policyJson(PROVIDER)
                    .replace(TestIssuer.ISSUER, output("IssuerUrl"))
                    .replace("\"profile\":\"github\",", "\"profile\":\"github\",\"jwks\":" + PROVIDERS.jwks() + ",");
            var settings = settings("FunctionName");
            settings.put(
                    "TASKBOUND_POLICY_FILE",
                    Files.writeString(Files.createTempFile(folder, "policy", ".json"), policy)
                            .toString());
            return FunctionProcess.start(unpacked, api, settings);
        }

        /** In this process: the handler of the zip's other function, with the settings that the stack gave it. */
        String rotate() throws Exception {
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
                return rotatedOrTriedAgain(RotationSettings.read(settings("RotationFunctionName")));
            } finally {
                found.keySet().forEach(System::clearProperty);
            }
        }

        /** As the schedule does: what failed, since a busy machine is slow to answer, is tried twice more. */
        private static String rotatedOrTriedAgain(RotationSettings settings) throws IOException {
            for (int retries = 2; ; retries--) {
                var told = new ByteArrayOutputStream();
                try {
                    new KeyRotationLambda(settings, CLOCK)
                            .handleRequest(new ByteArrayInputStream(new byte[0]), told, new StandInContext());
                    return told.toString(UTF_8);
                } catch (IOException | LedgerUnavailable slow) {
                    if (retries == 0) {
                        throw slow;
                    }
                }
            }
        }

        String mint(RuntimeApi api) {
            var claims = TestIssuer.githubClaims(PROVIDERS, CLOCK);
            claims.put("iss", PROVIDER);
            claims.put("aud", output("IssuerUrl"));
            var form = TestIssuer.signForm(
                    PROVIDERS.idToken(ClaimSet.of(claims)), UUID.randomUUID().toString());
            return api.invoke(LambdaEvents.post("/token", form, Optional.empty()));
        }

        /** By what the issuer publishes, as anybody would. */
        void assertMintsWhatItsKeysCheck(RuntimeApi api, int published) throws ParseException, JOSEException {
            var token =
                    SignedJWT.parse(body(200, mint(api)).string("access_token").orElseThrow());
            var keys = JWKSet.parse(JsonText.of(body(200, api.invoke(LambdaEvents.get("/.well-known/jwks.json")))));
            assertThat(keys.getKeys()).hasSize(published);
            var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey();
            assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
            assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(output("IssuerUrl"));
        }
    }

    @Test
    void signsWithKmsRotatesAndGoesOnAfterARestart() throws Exception {
        var stack = deploy("kms");
        assertThat(stack.output("IssuerUrl")).matches("https://[a-z0-9]+\\.execute-api\\.us-east-1\\.amazonaws\\.com");
        assertThat(stack.output("JenkinsSettings")).contains(stack.output("IssuerUrl"));
        try (var api = new RuntimeApi();
                var function = stack.start(api)) {
            assertThat(JsonText.of(body(503, api.invoke(LambdaEvents.get("/healthz")))))
                    .contains("policy_absent");
            body(503, stack.mint(api));
            assertThat(function.log()).contains("policy_absent");
        }
        try (var api = new RuntimeApi();
                var function = stack.startWithAPolicy(api)) {
            assertGetsWell(api);
            stack.assertMintsWhatItsKeysCheck(api, 1);
            assertThat(function.log()).contains("\"Issuer\":\"taskbound-kms\"");
        }
        assertThat(stack.rotate()).contains("\"result\":\"rotated\"", "signs_from");
        assertThat(stack.rotate()).contains("\"result\":\"not_due\"");
        try (var api = new RuntimeApi();
                var function = stack.startWithAPolicy(api)) {
            assertGetsWell(api);
            stack.assertMintsWhatItsKeysCheck(api, 2);
            assertThat(function.log()).contains("\"result\":\"granted\"");
        }
    }

    /** Else the alias would go on with the old settings. */
    @Test
    void aChangedSettingIsANewVersion() throws Exception {
        var versions = new ArrayList<String>();
        for (var setting : List.of("PolicyFile=", "PolicyFile=policy.json", "MemorySize=2048", "CodeKey=other.zip")) {
            var plain = SamTemplate.plain(
                    StackTemplate.ROOT,
                    made.resolve("template.yaml"),
                    List.of("IssuerUrl=auto", "Protect=false", "CodeBucket=acme", setting));
            VERSION.matcher(plain).results().forEach(found -> versions.add(found.group()));
        }
        assertThat(versions).hasSize(4).doesNotHaveDuplicates();
    }

    /** Nothing is signed before the schedule has made the first key. */
    @Test
    void signsWithASealedKeyOnceARotationHasMadeIt() throws Exception {
        var stack = deploy("sealed");
        try (var api = new RuntimeApi();
                var function = stack.startWithAPolicy(api)) {
            assertThat(JsonText.of(body(503, api.invoke(LambdaEvents.get("/healthz")))))
                    .contains("signing_key_absent");
            assertThat(function.log()).isNotNull();
        }
        assertThat(stack.rotate()).contains("\"result\":\"rotated\"");
        try (var api = new RuntimeApi();
                var function = stack.startWithAPolicy(api)) {
            assertGetsWell(api);
            stack.assertMintsWhatItsKeysCheck(api, 1);
            assertThat(function.log()).contains("\"result\":\"granted\"");
        }
    }

    /** A busy machine is slow to open the key; the issuer looks again after 10 s. */
    private static void assertGetsWell(RuntimeApi api) throws InterruptedException {
        for (int look = 0; look < 3; look++) {
            if (parsed(api.invoke(LambdaEvents.get("/healthz")))
                            .wholeNumber("statusCode")
                            .orElseThrow()
                    == 200) {
                return;
            }
            Thread.sleep(10_500);
        }
        body(200, api.invoke(LambdaEvents.get("/healthz")));
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
