// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What many tests speak of. Each secret holds the word CANARY. */
public final class Samples {
    public static final UUID TXN = UUID.fromString("0b7f6c1e-3a51-4c6f-9a58-2f7d1f0a9c11");
    /** The example of RFC 7636 appendix B; its challenge is {@link #CHALLENGE}. */
    static final HolderVerifier HOLDER = HolderVerifier.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    public static final String SECRET = "CANARY-CLIENT-SECRET";
    public static final String ARTIFACT = "artifact:acme/shop/app.jar@sha256:" + "9f".repeat(32);
    public static final String HANDLE = "cnVucnVucnVucnVucnVucg.am9iam9iam9iam9iam9iam9iam9iam9i";
    public static final String TOKEN = tokenNaming(HANDLE);
    public static final Path ROOT = Path.of(System.getProperty("taskbound.root"));

    private Samples() {}

    /** As the client makes it of an issuer's answer. */
    public static MintAnswer.Refused refused(Map<String, Object> body, IdToken shown, boolean afterLostAnswer) {
        return new MintAnswer.Refused(
                Refusal.from(JsonObject.of(body), shown.text()).orElseThrow(),
                afterLostAnswer,
                PendingApproval.idOf(JsonObject.of(body)));
    }

    public static GrantedToken granted(
            String handle, Instant expiresAt, Optional<Duration> lease, List<TaskDetail> details) {
        return new GrantedToken(TaskToken.of(TOKEN), HOLDER, handle, TXN, expiresAt, lease, details, Optional.empty());
    }

    public static IdToken idToken() {
        return idTokenFor("https://tokens.acme.example");
    }

    public static IdToken idTokenFor(String audience) {
        return idTokenWith(
                "{\"iss\":\"https://token.actions.githubusercontent.com\",\"sub\":\"repo:acme/shop\",\"aud\":\""
                        + audience + "\"}");
    }

    public static IdToken idTokenWith(String claims) {
        return IdToken.of("CANARY-HEADER." + base64(claims) + ".CANARY-SIGNATURE");
    }

    /** Of the form of a task token; nobody signed it. */
    public static String tokenNaming(String handle) {
        return base64("{\"alg\":\"ES256\"}") + "." + base64("{\"jti\":\"" + handle + "\"}") + ".CANARY-ACCESS-00";
    }

    public static TaskRequest request() {
        return TaskRequest.of(TaskDetail.of("sign-release", "sign", ARTIFACT)).withTxn(TXN);
    }

    public static String details() {
        return "[{\"type\":\"task\",\"task\":\"sign-release\",\"actions\":[\"sign\"],"
                + "\"locations\":[\"https://signer.acme.example\"],\"identifier\":\"" + ARTIFACT + "\"}]";
    }

    public static String grant() {
        return grantWith("\"lease_expires_in\":60");
    }

    /** A whole grant and one more member. */
    public static String grantWith(String member) {
        return "{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"Bearer\","
                + "\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\",\"expires_in\":600,"
                + "\"jti\":\"" + HANDLE + "\",\"txn\":\"" + TXN + "\",\"authorization_details\":" + details() + ","
                + member + "}";
    }

    public static String refusal(String code) {
        return "{\"error\":\"" + code + "\",\"error_description\":\"not permitted\",\"request_id\":\"01JD-7\"}";
    }

    public static String activeWith(String member) {
        return "{\"active\":true,\"iss\":\"https://tokens.acme.example\",\"sub\":\"task:sign-release:github:2002\","
                + "\"aud\":\"https://signer.acme.example\",\"client_id\":\"github\",\"iat\":1795428000,\"exp\":1795428600,"
                + "\"jti\":\"" + HANDLE + "\",\"txn\":\"" + TXN + "\",\"authorization_details\":" + details() + ","
                + member + "}";
    }

    /** Long tries: a machine that is busy with something else must not turn an answer into none. */
    public static Patience patience() {
        return tries(Duration.ofSeconds(15));
    }

    /** Short tries, so that a hanging server costs a test little. */
    public static Patience quick() {
        return tries(Duration.ofSeconds(2));
    }

    private static Patience tries(Duration limit) {
        return new Patience(3, Duration.ofSeconds(60), limit, Duration.ofMillis(500), Duration.ofSeconds(8));
    }

    public static IssuerClient.Builder client(IssuerStandIn issuer, TestClock clock) {
        return IssuerClient.builder(IssuerUrl.of(issuer.url()))
                .idTokenAudience("https://tokens.acme.example")
                .clock(clock)
                .sleeper(clock)
                .jitter(() -> 0.5)
                .patience(patience());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
