// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.http.TestIssuer;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.local.AwsCli;
import io.taskbound.local.AwsServer;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.OnAwsServer;
import io.taskbound.local.StandInProvider;
import io.taskbound.token.LocalSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A task token opens a role in AWS: by the AWS CLI, which reads it from a file. The AWS-compatible server gives a
 * session to whoever asks: it proves the way, and not that AWS would let the token in. What AWS wants of a token and of
 * its issuer is therefore checked here by ourselves.
 */
@ExtendWith(OnAwsServer.class)
class AssumeRoleOnAwsServerIT {
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy-shop";
    private static final String AUDIENCE = "sts.amazonaws.com";
    /** Of AWS STS, parameter WebIdentityToken. */
    private static final int MOST_OCTETS = 20_000;

    private static AwsCli cli;

    @TempDir
    private Path folder;

    private final Clock clock = Clock.systemUTC();
    private final StandInProvider provider = StandInProvider.start(clock);
    private final CurrentPolicy policy = new CurrentPolicy(
            TestIssuer.compile(policyJson(provider.issuer())), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
    private final IssuerEdge edge = new IssuerEdge(new IssuerParts(
            TestIssuer.ISSUER,
            policy,
            new InMemoryLedger(),
            LocalSigner.generate(),
            Runnable::run,
            line -> {},
            line -> {},
            clock));
    private String token;

    @BeforeAll
    static void find(AwsServer server) throws AwsServer.Unavailable {
        cli = AwsCli.on(server, Path.of(System.getProperty("taskbound.root", ".")));
    }

    private static String policyJson(String provider) {
        return TestIssuer.policyJson(provider)
                .replace("\"resource_servers\":{", """
                        "resource_servers":{"aws":{"audience":"sts.amazonaws.com","checks":"offline","typ":"JWT"},""")
                .replace("\"tasks\":{", """
                        "tasks":{"deploy-shop":{"description":"Deploy the shop with a role in AWS",
                          "permissions":[{"resource_server":"aws","actions":["assume"],
                            "identifiers":["%s"]}],
                          "max_lifetime":"5m","allow":["release"]},""".formatted(ROLE));
    }

    @BeforeEach
    void mint() throws Exception {
        var proof = provider.idToken(ClaimSet.of(TestIssuer.githubClaims(provider, clock)));
        var details = "[{\"type\":\"task\",\"task\":\"deploy-shop\",\"identifier\":\"" + ROLE + "\"}]";
        var form = TestIssuer.form(proof, UUID.randomUUID().toString(), details);
        token = handle(LambdaEvents.post("/token", form, Optional.empty()))
                .string("access_token")
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void opensARoleByTheAwsCliWhichReadsItFromAFile() throws Exception {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var file = Files.createFile(folder.resolve("token"), owner);
        Files.writeString(file, token);

        var said = cli.run(
                Map.of(
                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                        file.toString(),
                        "AWS_ROLE_ARN",
                        ROLE,
                        "AWS_ROLE_SESSION_NAME",
                        "taskbound"),
                List.of("sts", "get-caller-identity", "--output", "json"));

        assertThat(StrictJson.parseObject(said.getBytes(UTF_8)).string("Arn"))
                .contains("arn:aws:sts::123456789012:assumed-role/deploy-shop/taskbound");
        assertThat(said).doesNotContain(token);
    }

    @Test
    void isATokenAsAwsStsWantsIt() throws Exception {
        var jwt = SignedJWT.parse(token);
        var claims = jwt.getJWTClaimsSet();

        assertThat(token).hasSizeLessThanOrEqualTo(MOST_OCTETS);
        assertThat(jwt.getHeader().getType()).hasToString("JWT");
        assertThat(jwt.getHeader().getAlgorithm()).hasToString("ES256");
        assertThat(claims.getIssuer()).isEqualTo(TestIssuer.ISSUER);
        assertThat(claims.getAudience()).containsExactly(AUDIENCE);
        assertThat(claims.getSubject()).isEqualTo("task:deploy-shop:github:repo:1001/2002");
        assertThat(claims.getIssueTime()).isBeforeOrEqualTo(clock.instant());
        assertThat(claims.getExpirationTime()).isAfter(clock.instant());
    }

    /** IAM looks for the issuer's document, and for the key in the set that it names. */
    @Test
    void comesFromAnIssuerThatIamCanTrust() throws Exception {
        var discovery = handle(LambdaEvents.get("/.well-known/openid-configuration"));

        assertThat(discovery.string("issuer")).contains(TestIssuer.ISSUER);
        assertThat(discovery.string("jwks_uri")).contains(TestIssuer.ISSUER + "/.well-known/jwks.json");
        assertThat(JsonText.of(discovery))
                .contains("\"id_token_signing_alg_values_supported\":[\"ES256\"]", "\"subject_types_supported\":");
        assertThat(discovery.members().keySet())
                .containsAll(Set.of("response_types_supported", "claims_supported", "token_endpoint"));

        var jwt = SignedJWT.parse(token);
        var keys = JWKSet.parse(JsonText.of(handle(LambdaEvents.get("/.well-known/jwks.json"))));
        var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey();
        assertThat(key.getAlgorithm()).hasToString("ES256");
        assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
    }

    private JsonObject handle(String event) throws Exception {
        var answer = edge.handle(
                LambdaEvent.read(StrictJson.parseObject(event.getBytes(UTF_8))).orElseThrow());
        assertThat(answer.status()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
        return StrictJson.parseObject(answer.body());
    }
}
