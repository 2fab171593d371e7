// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page takes for granted of an identity provider for people; the same is asked of a real one. */
abstract class PeopleContract {
    static final String CLIENT = "taskbound";
    static final String REDIRECT = "http://127.0.0.1:8787/approve/callback";
    private static final String VERIFIER = "v".repeat(43);
    private static final String STATE = "st-1";
    private static final String NONCE = "no-1";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    abstract String issuer();

    /** Logs this person in at an authorization URL, and answers where the browser was sent. */
    abstract URI login(URI authorization, String name) throws IOException, InterruptedException;

    static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, Object> json(String text) throws ParseException {
        return JSONObjectUtils.parse(text);
    }

    private Map<String, Object> discovery() throws IOException, InterruptedException, ParseException {
        return json(
                get(URI.create(issuer() + "/.well-known/openid-configuration")).body());
    }

    private static Map<String, String> request() {
        var request = new LinkedHashMap<String, String>();
        request.put("response_type", "code");
        request.put("client_id", CLIENT);
        request.put("redirect_uri", REDIRECT);
        request.put("scope", "openid profile");
        request.put("state", STATE);
        request.put("nonce", NONCE);
        request.put("code_challenge", challenge());
        request.put("code_challenge_method", "S256");
        return request;
    }

    private static String challenge() {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private URI authorization(Map<String, String> request) throws IOException, InterruptedException, ParseException {
        return URI.create(discovery().get("authorization_endpoint") + "?" + encoded(request));
    }

    private Map<String, String> loggedIn(String name) throws IOException, InterruptedException, ParseException {
        return answer(login(authorization(request()), name));
    }

    private static Map<String, String> answer(URI back) throws IOException {
        try {
            assertThat(back.toString()).startsWith(REDIRECT + "?");
            var names = List.of("code", "state", "iss", "error");
            var params = Params.of(back.getRawQuery());
            return names.stream().collect(Collectors.toMap(name -> name, params::get));
        } catch (OauthFault malformed) {
            throw new IOException(malformed);
        }
    }

    private HttpResponse<String> exchange(String code, Map<String, String> changes)
            throws IOException, InterruptedException, ParseException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", REDIRECT);
        form.put("client_id", CLIENT);
        form.put("code_verifier", VERIFIER);
        form.putAll(changes);
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(String.valueOf(discovery().get("token_endpoint"))))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .timeout(Duration.ofSeconds(20))
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void assertInvalidGrant(HttpResponse<String> answer) throws ParseException {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer.body())).containsEntry("error", "invalid_grant");
    }

    @Test
    void discoveryNamesWhatALoginNeeds() throws Exception {
        assertThat(discovery()).containsEntry("issuer", issuer());
        for (var endpoint : List.of("authorization_endpoint", "token_endpoint", "jwks_uri")) {
            assertThat(String.valueOf(discovery().get(endpoint))).startsWith(issuer());
        }
        assertThat(String.valueOf(discovery().get("code_challenge_methods_supported")))
                .contains("S256");
        assertThat(discovery()).containsEntry("authorization_response_iss_parameter_supported", true);
    }

    @Test
    void aPersonComesBackWithACodeForAnIdToken() throws Exception {
        var back = loggedIn("octavia");
        assertThat(back).containsEntry("state", STATE).containsEntry("iss", issuer());

        var answer = exchange(back.get("code"), Map.of());

        assertThat(answer.statusCode()).isEqualTo(200);
        var claims = SignedJWT.parse(String.valueOf(json(answer.body()).get("id_token")))
                .getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(issuer());
        assertThat(claims.getAudience()).containsExactly(CLIENT);
        assertThat(claims.getStringClaim("azp")).isEqualTo(CLIENT);
        assertThat(claims.getStringClaim("nonce")).isEqualTo(NONCE);
        assertThat(claims.getStringClaim("preferred_username")).isEqualTo("octavia");
        assertThat(claims.getStringListClaim("groups")).contains("release-managers");
        assertThat(claims.getStringClaim("github_id")).isEqualTo("583232");
        assertThat(claims.getSubject()).isNotBlank();
    }

    @Test
    void aCodeIsGoodOnce() throws Exception {
        var code = loggedIn("octavia").get("code");

        assertThat(exchange(code, Map.of()).statusCode()).isEqualTo(200);
        assertInvalidGrant(exchange(code, Map.of()));
    }

    @Test
    void aCodeIsForItsVerifierAndItsAddressOnly() throws Exception {
        assertInvalidGrant(exchange(loggedIn("octavia").get("code"), Map.of("code_verifier", "w".repeat(43))));
        assertInvalidGrant(
                exchange(loggedIn("octavia").get("code"), Map.of("redirect_uri", "http://127.0.0.1:8787/other")));
    }

    @Test
    void anotherAddressIsNotSentTo() throws Exception {
        var request = request();
        request.put("redirect_uri", "https://attacker.example/approve/callback");

        assertThat(get(authorization(request)).statusCode()).isEqualTo(400);
    }

    @Test
    void aRequestWithoutPkceIsRefused() throws Exception {
        var request = request();
        request.remove("code_challenge");
        request.remove("code_challenge_method");

        var answer = get(authorization(request));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer(URI.create(answer.headers().firstValue("Location").orElseThrow())))
                .containsEntry("error", "invalid_request")
                .containsEntry("state", STATE);
    }

    @Test
    void anotherClientIsRefused() throws Exception {
        assertThat(exchange(loggedIn("octavia").get("code"), Map.of("client_id", "somebody"))
                        .statusCode())
                .isBetween(400, 401);
    }
}
