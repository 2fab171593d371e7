// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionErrorResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.taskbound.http.HttpResponse;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Another implementation of the RFCs, Nimbus' oauth2-oidc-sdk, reads what we accept and what we answer. It is lenient
 * in many places, so it can only object where we are wrong; what must be refused is in the vectors.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OracleTest {
    private static final String TABLE = "oracle";
    /** RFC 6749 section 3.2: a parameter without a value counts as omitted. The oracle reads an empty value. */
    private static final String ORACLE_IS_WRONG = "treats an empty resource or audience as absent";

    private final EmbeddedDynamo database = EmbeddedDynamo.inMemory();
    private final IdTokens idTokens = new IdTokens(Vectors.setting());

    /** One request of a vector, and what came of it. */
    private record Exchange(Sent request, HttpResponse response) {
        boolean at(String path) {
            return request.path().equals(path);
        }

        boolean granted() {
            return response.status() == 200;
        }
    }

    @BeforeAll
    void makesTheTable() {
        LedgerTable.create(database.client(), TABLE);
    }

    @AfterAll
    void stopsWhatItStarted() {
        idTokens.close();
        database.close();
    }

    private Stage stage() {
        return new Stage(idTokens, new DynamoLedger(new DynamoTable(database.client(), TABLE), Duration.ofDays(30)));
    }

    @TestFactory
    Stream<DynamicTest> readsEveryRequestAndAnswerOfTheVectors() {
        return Vectors.FILES.stream()
                .flatMap(file -> Vectors.of(file).stream()
                        .filter(vector -> !vector.name().equals(ORACLE_IS_WRONG))
                        .map(vector -> DynamicTest.dynamicTest(file + ": " + vector.name(), () -> judge(vector))));
    }

    private void judge(Vectors.Vector vector) throws Exception {
        var exchanges = new ArrayList<Exchange>();
        stage().play(vector, (request, response) -> exchanges.add(new Exchange(request, response)));
        for (var exchange : exchanges) {
            judge(exchange);
        }
    }

    private static void judge(Exchange exchange) throws Exception {
        if (exchange.at("/token")) {
            judgeTokenEndpoint(exchange);
        } else if (exchange.at("/introspect") || exchange.at("/redeem")) {
            judgeIntrospection(exchange);
        } else if (!exchange.granted()) {
            assertThat(TokenErrorResponse.parse(response(exchange))
                            .getErrorObject()
                            .getCode())
                    .isNotBlank();
        }
    }

    private static void judgeTokenEndpoint(Exchange exchange) throws Exception {
        if (!exchange.granted()) {
            assertThat(TokenErrorResponse.parse(response(exchange))
                            .getErrorObject()
                            .getCode())
                    .isNotBlank();
            return;
        }
        var request = TokenRequest.parse(request(exchange));
        assertThat(request.getAuthorizationGrant()).isInstanceOf(TokenExchangeGrant.class);
        assertThat(request.getAuthorizationDetails()).isNotEmpty();
        if (((JsonObject) Json.parse(exchange.response().body())).has("access_token")) {
            var tokens = AccessTokenResponse.parse(response(exchange)).getTokens();
            assertThat(tokens.getAccessToken().getIssuedTokenType()).isNotNull();
            assertThat(tokens.getAccessToken().getLifetime()).isPositive();
            assertThat(tokens.getAccessToken().getAuthorizationDetails()).isNotEmpty();
            assertThat(tokens.getRefreshToken()).isNull();
        }
    }

    private static void judgeIntrospection(Exchange exchange) throws Exception {
        if (!exchange.granted()) {
            assertThat(TokenIntrospectionErrorResponse.parse(response(exchange))
                            .getErrorObject()
                            .getCode())
                    .isNotBlank();
            return;
        }
        if (exchange.at("/introspect")) {
            assertThat(TokenIntrospectionRequest.parse(request(exchange)).getClientAuthentication())
                    .isNotNull();
        }
        var answer = TokenIntrospectionResponse.parse(response(exchange));
        if (answer instanceof TokenIntrospectionSuccessResponse state && state.isActive()) {
            assertThat(state.getAuthorizationDetails()).isNotEmpty();
            assertThat(state.getAudience()).hasSize(1);
            assertThat(state.getJWTID()).isNotNull();
        }
    }

    @Test
    void readsTheMetadata() throws Exception {
        var metadata = AuthorizationServerMetadata.parse(text("/.well-known/oauth-authorization-server"));
        assertThat(metadata.getIssuer().getValue()).isEqualTo("https://tokens.acme.example");
        assertThat(metadata.getTokenEndpointURI()).hasPath("/token");
        assertThat(metadata.getIntrospectionEndpointURI()).hasPath("/introspect");
        assertThat(metadata.getRevocationEndpointURI()).hasPath("/revoke");
        assertThat(metadata.getResponseTypes()).isEmpty();
    }

    @Test
    void readsTheKeys() throws Exception {
        var keys = JWKSet.parse(text("/.well-known/jwks.json"));
        assertThat(keys.getKeys()).hasSize(1).allMatch(key -> !key.isPrivate());
        assertThat(keys.getKeys().get(0).getKeyID())
                .isEqualTo(keys.getKeys().get(0).computeThumbprint().toString());
    }

    @Test
    void readsTheDiscoveryDocument() throws Exception {
        var discovery = OIDCProviderMetadata.parse(text("/.well-known/openid-configuration"));
        assertThat(discovery.getJWKSetURI()).hasPath("/.well-known/jwks.json");
        assertThat(discovery.getIDTokenJWSAlgs()).extracting(Object::toString).containsExactly("ES256");
    }

    private String text(String path) {
        return new String(stage().get(path).body(), StandardCharsets.UTF_8);
    }

    private static HTTPRequest request(Exchange exchange) throws ParseException {
        var uri = URI.create("https://tokens.acme.example" + exchange.request().path());
        var request = new HTTPRequest(HTTPRequest.Method.POST, uri);
        request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
        exchange.request().headers().getOrDefault("authorization", List.of()).forEach(request::setAuthorization);
        request.setBody(exchange.request().body());
        return request;
    }

    private static HTTPResponse response(Exchange exchange) {
        var response = new HTTPResponse(exchange.response().status());
        exchange.response()
                .headers()
                .forEach((name, value) -> response.setHeader(name.toLowerCase(Locale.ROOT), value));
        response.setBody(new String(exchange.response().body(), StandardCharsets.UTF_8));
        return response;
    }
}
