// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.http.TestIssuer;
import io.taskbound.ledger.FunctionTable;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.HttpDynamo;
import io.taskbound.local.StandInProvider;
import io.taskbound.token.StandInKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a function in a process of its own works with: its settings, a CI whose keys are pinned, and a stand-in of KMS.
 */
final class FunctionScene implements AutoCloseable {
    static final String TABLE = "taskbound";
    static final String NO_TTL = "no-ttl";
    private static final String PROVIDER = "https://ci.acme.example";

    private final Clock clock = Clock.systemUTC();
    private final StandInProvider provider = StandInProvider.start(clock);
    final StandInKms kms = new StandInKms();
    /** For a test to change before it starts the function. */
    final Map<String, String> settings;

    /** @param folder takes the policy */
    FunctionScene(Path folder, HttpDynamo dynamo) throws IOException, GeneralSecurityException {
        settings = new HashMap<>(Map.of(
                "TASKBOUND_ISSUER_URL",
                TestIssuer.ISSUER,
                "TASKBOUND_TABLE",
                TABLE,
                "TASKBOUND_SIGNING_KEY",
                StandInKms.KEY,
                "TASKBOUND_POLICY_FILE",
                Files.writeString(Files.createTempFile(folder, "policy", ".json"), policy())
                        .toString(),
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamo.endpoint().toString(),
                "AWS_ENDPOINT_URL_KMS",
                kms.endpoint().toString()));
    }

    private String policy() {
        return TestIssuer.policyJson(PROVIDER)
                .replace("\"profile\":\"github\",", "\"profile\":\"github\",\"jwks\":" + provider.jwks() + ",");
    }

    static void createTables(HttpDynamo dynamo) {
        FunctionTable.create(dynamo, TABLE, true);
        FunctionTable.create(dynamo, NO_TTL, false);
    }

    /** The event of a request to sign once that is granted, with an ID token of now. */
    String mint() {
        return post("/token", TestIssuer.signForm(idToken(), UUID.randomUUID().toString()));
    }

    /** The same for a deployment, whose server introspects. */
    String mintDeploy() {
        return post("/token", TestIssuer.deployForm(idToken()));
    }

    private String idToken() {
        var claims = TestIssuer.githubClaims(provider, clock);
        claims.put("iss", PROVIDER);
        return provider.idToken(ClaimSet.of(claims));
    }

    static String post(String path, Map<String, String> form) {
        return LambdaEvents.post(path, form, Optional.empty());
    }

    /** The event of a resource server that redeems a token for what it permits. */
    static String redeem(String token) {
        var form = Map.of("token", token, "action", "sign", "identifier", TestIssuer.ARTIFACT);
        return LambdaEvents.post("/redeem", form, Optional.of(TestIssuer.basic("signer", TestIssuer.SIGNER_SECRET)));
    }

    /** The event of the server of deployments that asks about a token. */
    static String introspect(String token) {
        var credentials = TestIssuer.basic("deployer", TestIssuer.SIGNER_SECRET);
        return LambdaEvents.post("/introspect", Map.of("token", token), Optional.of(credentials));
    }

    @Override
    public void close() {
        kms.close();
        provider.close();
    }
}
