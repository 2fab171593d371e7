// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.local.AwsServer;
import io.taskbound.local.AwsStack;
import io.taskbound.local.OnAwsServer;
import io.taskbound.local.SamTemplate;
import io.taskbound.local.StandInProvider;
import io.taskbound.stack.StackTemplate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    private static final Pattern VERSION = Pattern.compile("\"IssuerFunctionVersion[0-9a-f]+\": \\{");
    private static final Clock CLOCK = Clock.systemUTC();
    private static final StandInProvider PROVIDERS = StandInProvider.start(CLOCK);

    @TempDir
    private static Path folder;

    private static StackPackage made;
    private static AwsServer aws;

    @BeforeAll
    static void makeThePackage(AwsServer server) throws Exception {
        aws = server;
        made = StackPackage.in(folder);
    }

    private static DeployedStack deploy(String signer) throws Exception {
        return made.deploy(aws, "taskbound-" + signer, Map.of("Signer", signer));
    }

    @AfterAll
    static void stop() {
        PROVIDERS.close();
    }

    /** In this process: the handler of the zip's other function, with the settings that the stack gave it. */
    private static String rotate(DeployedStack stack) throws Exception {
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
            var settings = stack.settings(stack.output("RotationFunctionName"));
            return rotatedOrTriedAgain(RotationSettings.read(settings));
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

    private static FunctionProcess startWithAPolicy(DeployedStack stack, RuntimeApi api) throws Exception {
        return stack.startIssuer(api, stack.policy(PROVIDERS));
    }

    private static String mint(DeployedStack stack, RuntimeApi api) {
        return DeployedStack.mint(
                api,
                PROVIDERS,
                stack.claims(PROVIDERS, CLOCK),
                UUID.randomUUID().toString());
    }

    /** By what the issuer publishes, as anybody would. */
    private static void assertMintsWhatItsKeysCheck(DeployedStack stack, RuntimeApi api, int published)
            throws ParseException, JOSEException {
        var token = SignedJWT.parse(
                body(200, mint(stack, api)).string("access_token").orElseThrow());
        var keys = JWKSet.parse(JsonText.of(body(200, api.invoke(LambdaEvents.get("/.well-known/jwks.json")))));
        assertThat(keys.getKeys()).hasSize(published);
        var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey();
        assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(stack.output("IssuerUrl"));
    }

    @Test
    void signsWithKmsRotatesAndGoesOnAfterARestart() throws Exception {
        var stack = deploy("kms");
        assertThat(stack.output("IssuerUrl")).matches("https://[a-z0-9]+\\.execute-api\\.us-east-1\\.amazonaws\\.com");
        assertThat(stack.output("JenkinsSettings")).contains(stack.output("IssuerUrl"));
        try (var api = new RuntimeApi();
                var function = stack.startIssuer(api)) {
            assertThat(JsonText.of(body(503, api.invoke(LambdaEvents.get("/healthz")))))
                    .contains("policy_absent");
            body(503, mint(stack, api));
            assertThat(function.log()).contains("policy_absent");
        }
        try (var api = new RuntimeApi();
                var function = startWithAPolicy(stack, api)) {
            assertGetsWell(api);
            assertMintsWhatItsKeysCheck(stack, api, 1);
            assertThat(function.log()).contains("\"Issuer\":\"taskbound-kms\"");
        }
        assertThat(rotate(stack)).contains("\"result\":\"rotated\"", "signs_from");
        assertThat(rotate(stack)).contains("\"result\":\"not_due\"");
        try (var api = new RuntimeApi();
                var function = startWithAPolicy(stack, api)) {
            assertGetsWell(api);
            assertMintsWhatItsKeysCheck(stack, api, 2);
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
                    made.template(),
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
                var function = startWithAPolicy(stack, api)) {
            assertThat(JsonText.of(body(503, api.invoke(LambdaEvents.get("/healthz")))))
                    .contains("signing_key_absent");
            assertThat(function.log()).isNotNull();
        }
        assertThat(rotate(stack)).contains("\"result\":\"rotated\"");
        try (var api = new RuntimeApi();
                var function = startWithAPolicy(stack, api)) {
            assertGetsWell(api);
            assertMintsWhatItsKeysCheck(stack, api, 1);
            assertThat(function.log()).contains("\"result\":\"granted\"");
        }
    }

    /** A busy machine is slow to open the key; the issuer looks again after 10 s. */
    private static void assertGetsWell(RuntimeApi api) throws InterruptedException {
        for (int look = 0; look < 3; look++) {
            if (DeployedStack.parsed(api.invoke(LambdaEvents.get("/healthz")))
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
        var read = DeployedStack.parsed(answer);
        assertThat(read.wholeNumber("statusCode")).as(answer).hasValue(status);
        return DeployedStack.parsed(read.string("body").orElseThrow());
    }
}
