// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.interop;

import static io.taskbound.cli.overhttp.TestPolicy.DEPLOYER_AUDIENCE;
import static io.taskbound.cli.overhttp.TestPolicy.deploy;
import static io.taskbound.cli.overhttp.TestPolicy.publish;
import static io.taskbound.cli.overhttp.TestPolicy.secretOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.overhttp.TestPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** oauth4webapi and jose, unchanged, with nothing but the issuer's URL. */
@ExtendWith(OneIssuer.class)
class JavaScriptClientsTest {
    private static Path project = Path.of("");
    private final LiveIssuer issuer;

    JavaScriptClientsTest(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    @BeforeAll
    static void install() throws IOException {
        project = NodeProject.installed();
    }

    @Test
    void findEveryEndpointByDiscovery() {
        var found = run("discover.mjs", input().build());
        assertThat(found.object("oauth2").orElseThrow().string("token_endpoint"))
                .contains(issuer.url() + "/token");
        assertThat(found.object("oidc").orElseThrow().string("jwks_uri"))
                .contains(issuer.url() + "/.well-known/jwks.json");
    }

    @Test
    void exchangeAnIdTokenForATaskToken() {
        var granted = exchange(issuer.idToken()).object("granted").orElseThrow();
        assertThat(granted.string("token_type")).contains("bearer");
        assertThat(granted.wholeNumber("expires_in").orElseThrow()).isBetween(890L, 900L);
        assertThat(granted.array("authorization_details").orElseThrow().items()).hasSize(1);
        assertThat(granted.has("refresh_token")).isFalse();
        assertThat(issuer.isAlive(granted.string("access_token").orElseThrow(), "deployer"))
                .isTrue();
    }

    @Test
    void areToldThatAnIdTokenWasAlreadyExchanged() {
        var proof = issuer.idToken();
        assertThat(exchange(proof).has("granted")).isTrue();
        var again = exchange(proof);
        assertThat(again.string("refused")).contains("invalid_request");
        assertThat(again.wholeNumber("status")).hasValue(400);
        assertThat(again.string("request_id").orElseThrow()).isNotEmpty();
    }

    @Test
    void seeALiveTokenByIntrospection() {
        var state = introspect(issuer.mint(deploy()), "deployer", secretOf("deployer"))
                .object("state")
                .orElseThrow();
        assertThat(state.bool("active")).contains(true);
        assertThat(state.string("iss")).contains(issuer.url());
        assertThat(state.string("aud")).contains(DEPLOYER_AUDIENCE);
    }

    @Test
    void seeATokenDeadOnceTheyRevokedIt() {
        var token = issuer.mint(deploy());
        var acknowledged = run("revoke.mjs", input().put("token", token).build());
        assertThat(acknowledged.bool("acknowledged")).contains(true);
        assertThat(introspect(token, "deployer", secretOf("deployer"))
                        .object("state")
                        .orElseThrow())
                .isEqualTo(JsonObject.builder().put("active", false).build());
    }

    @Test
    void areToldNothingAboutATokenOfAnotherServer() {
        assertThat(introspect(issuer.mint(deploy()), "cloud", secretOf("cloud"))
                        .object("state")
                        .orElseThrow())
                .isEqualTo(JsonObject.builder().put("active", false).build());
    }

    @Test
    void areChallengedForAWrongSecret() {
        var refused = introspect(issuer.mint(deploy()), "deployer", secretOf("cloud"));
        assertThat(refused.wholeNumber("refused")).hasValue(401);
        assertThat(refused.string("scheme")).contains("basic");
    }

    @Test
    void verifyASignatureByTheRemoteKeySet() {
        var verified = verify(issuer.mint(deploy()), issuer.url(), DEPLOYER_AUDIENCE, "at+jwt");
        assertThat(verified.object("header").orElseThrow().string("alg")).contains("ES256");
        assertThat(verified.object("claims").orElseThrow().string("sub").orElseThrow())
                .startsWith("task:deploy:github:");
    }

    @Test
    void verifyATokenOfTypeJwtWhereTheServerAsksForIt() {
        var verified = verify(issuer.mint(publish()), issuer.url(), TestPolicy.CLOUD_AUDIENCE, "JWT");
        assertThat(verified.has("claims")).isTrue();
    }

    @Test
    void refuseAnotherAudience() {
        assertThat(verify(issuer.mint(deploy()), issuer.url(), TestPolicy.CLOUD_AUDIENCE, "at+jwt")
                        .string("claim"))
                .contains("aud");
    }

    @Test
    void refuseAnotherIssuer() {
        assertThat(verify(issuer.mint(deploy()), "https://tokens.mallory.example", DEPLOYER_AUDIENCE, "at+jwt")
                        .string("claim"))
                .contains("iss");
    }

    @Test
    void refuseAnAccessTokenWhereAPlainJwtIsExpected() {
        assertThat(verify(issuer.mint(deploy()), issuer.url(), DEPLOYER_AUDIENCE, "JWT")
                        .string("claim"))
                .contains("typ");
    }

    @Test
    void refuseAnIdTokenOfTheCi() {
        assertThat(verify(issuer.idToken(), issuer.url(), issuer.url(), "at+jwt")
                        .has("claims"))
                .isFalse();
    }

    private JsonObject exchange(String idToken) {
        return run(
                "exchange.mjs",
                input().put("idToken", idToken)
                        .put("task", deploy())
                        .put("txn", UUID.randomUUID().toString())
                        .build());
    }

    private JsonObject introspect(String token, String server, String secret) {
        return run(
                "introspect.mjs",
                input().put("token", token)
                        .put("server", server)
                        .put("secret", secret)
                        .build());
    }

    private JsonObject verify(String token, String expectedIssuer, String audience, String type) {
        return run(
                "verify.mjs",
                input().put("token", token)
                        .put("expectedIssuer", expectedIssuer)
                        .put("audience", audience)
                        .put("typ", type)
                        .build());
    }

    private JsonObject.Builder input() {
        return JsonObject.builder().put("issuer", issuer.url());
    }

    private static JsonObject run(String script, JsonObject input) {
        try {
            var done = Subprocess.run(project, JsonText.of(input), List.of("node", script));
            assertThat(done.code()).as(done.err()).isZero();
            return StrictJson.parseObject(done.out().getBytes(UTF_8));
        } catch (IOException | MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }
}
