// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.http.TestIssuer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.AwsServer;
import io.taskbound.local.AwsStack;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A stack on the AWS-compatible server, and what a person with its outputs can do. */
record DeployedStack(AwsServer aws, AwsStack stack, StackPackage made) {
    private static final String PROVIDER = "https://ci.acme.example";

    String output(String name) {
        return Optional.ofNullable(stack.outputs().get(name)).orElseThrow(() -> new AssertionError(name));
    }

    /** What CloudFormation told a function, and where AWS is here. */
    Map<String, String> settings(String function) throws Exception {
        var settings = new HashMap<String, String>();
        parsed(stack.function(function))
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

    /** Of a provider whose keys are in it. */
    String policy(StandInProvider provider) {
        return TestIssuer.policyJson(PROVIDER)
                .replace(TestIssuer.ISSUER, output("IssuerUrl"))
                .replace("\"profile\":\"github\",", "\"profile\":\"github\",\"jwks\":" + provider.jwks() + ",");
    }

    FunctionProcess startIssuer(RuntimeApi api) throws Exception {
        return start(api, IssuerLambda.class, settings(output("FunctionName")));
    }

    FunctionProcess startIssuer(RuntimeApi api, String policy) throws Exception {
        var settings = settings(output("FunctionName"));
        var file = Files.createTempFile(made.folder(), "policy", ".json");
        settings.put("TASKBOUND_POLICY_FILE", Files.writeString(file, policy).toString());
        return start(api, IssuerLambda.class, settings);
    }

    FunctionProcess start(RuntimeApi api, Class<?> handler, Map<String, String> settings) throws IOException {
        return FunctionProcess.start(FunctionLaunch.managed(made.unpacked()).of(handler), api, settings);
    }

    /** With the claims of a run on GitHub. */
    Map<String, Object> claims(StandInProvider provider, Clock clock) {
        var claims = TestIssuer.githubClaims(provider, clock);
        claims.put("iss", PROVIDER);
        claims.put("aud", output("IssuerUrl"));
        return claims;
    }

    static String mint(RuntimeApi api, StandInProvider provider, Map<String, Object> claims, String txn) {
        var form = TestIssuer.signForm(provider.idToken(ClaimSet.of(claims)), txn);
        return api.invoke(LambdaEvents.post("/token", form, Optional.empty()));
    }

    static JsonObject parsed(String json) {
        try {
            return StrictJson.parseObject(json.getBytes(UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(json, malformed);
        }
    }
}
