// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import java.util.List;
import java.util.regex.Matcher;

/** One fault of an issuer, and the checks of the probe that must fail for it; no others may. */
enum Sabotage {
    HEALTH(
            (asked, real) -> asked.path().equals("/healthz")
                    ? Reply.json(503, "{\"status\":\"not ready\",\"missing\":[\"table_without_ttl\"]}")
                    : real.get(),
            "health"),
    HEALTH_OF_A_PLACEHOLDER(
            (asked, real) -> asked.path().equals("/healthz") ? Reply.json(200, "{\"status\":\"up\"}") : real.get(),
            "health"),
    KEYS((asked, real) -> isKeys(asked) ? replaced(real.get(), "\"ES256\"", "\"RS256\"") : real.get(), "keys"),
    NO_KEYS((asked, real) -> isKeys(asked) ? real.get().withBody("{\"keys\":[]}") : real.get(), "keys", "token"),
    NO_PRIVATE_KEYS(
            (asked, real) -> isKeys(asked) ? replaced(real.get(), "\"kty\"", "\"d\":\"made-up\",\"kty\"") : real.get(),
            "no-private-keys"),
    KEY_CACHE(
            (asked, real) -> isKeys(asked) ? real.get().withHeader("Cache-Control", "no-store") : real.get(),
            "key-cache"),
    NO_KEY_CACHE(
            (asked, real) -> isKeys(asked) ? real.get().withHeader("Cache-Control", "public") : real.get(),
            "key-cache"),
    METADATA(
            (asked, real) -> asked.path().endsWith("/oauth-authorization-server")
                    ? replaced(
                            real.get(), "\"issuer\":\"https?://localhost", "\"issuer\":\"https://execute-api.example")
                    : real.get(),
            "metadata"),
    OPENID_CONFIGURATION(
            (asked, real) -> asked.path().endsWith("/openid-configuration")
                    ? replaced(real.get(), "/.well-known/jwks.json", "/keys")
                    : real.get(),
            "openid-configuration"),
    UNKNOWN_PATH(
            (asked, real) ->
                    asked.path().equals("/no-such-endpoint") ? Reply.refusal(403, "invalid_request") : real.get(),
            "unknown-path"),
    GET_TOKEN(
            (asked, real) -> asked.is("GET", "/token") ? Reply.refusal(405, "invalid_request") : real.get(),
            "get-token"),
    JSON_BODY(
            (asked, real) -> asked.is("POST", "/token") && asked.form().isEmpty()
                    ? Reply.refusal(400, "invalid_request")
                    : real.get(),
            "json-body"),
    OVERSIZED_BODY(
            (asked, real) -> asked.value("a").length() > 60_000
                    ? Reply.json(200, "{\"access_token\":\"made-up.made-up.made-up\"}")
                    : real.get(),
            "oversized-body"),
    OTHER_GRANT(
            (asked, real) -> asked.value("grant_type").equals("client_credentials")
                    ? Reply.refusal(404, "invalid_request")
                    : real.get(),
            "other-grant"),
    CLOSE_UNKNOWN(
            (asked, real) -> asked.is("POST", "/revoke") && asked.value("token").startsWith("made-up")
                    ? Reply.refusal(400, "invalid_request")
                    : real.get(),
            "close-unknown"),
    NO_CREDENTIALS(new Nth("/introspect", 1, Reply.json(200, "{\"active\":false}")), "no-credentials"),
    WRONG_CREDENTIALS(new Nth("/introspect", 2, Reply.refusal(401, "invalid_client")), "wrong-credentials"),
    UNKNOWN_HOOK(
            (asked, real) ->
                    asked.path().startsWith("/hooks/") ? Reply.json(200, "{\"result\":\"ignored\"}") : real.get(),
            "unknown-hook"),
    DRY_RUN(
            (asked, real) -> asked.value("dry_run").equals("true")
                    ? Reply.json(200, "{\"access_token\":\"made-up.made-up.made-up\",\"would_grant\":true}")
                    : real.get(),
            "dry-run"),
    FORGED_SIGNATURE(new NthProof(2, Reply.refusal(503, "temporarily_unavailable")), "forged-signature"),
    ALG_NONE(new NthProof(3, Reply.json(200, "{\"access_token\":\"made-up.made-up.made-up\"}")), "alg-none"),
    WRONG_AUDIENCE(new NthProof(4, Reply.refusal(404, "invalid_request")), "wrong-audience"),
    UNKNOWN_TASK(
            new NthProof(5, Reply.refusal(404, "invalid_authorization_details")), "unknown-task", "foreign-target"),
    FOREIGN_TARGET(
            new NthProof(6, Reply.json(200, "{\"access_token\":\"made-up.made-up.made-up\"}")), "foreign-target"),
    FOREIGN_TARGET_IN_OTHER_WORDS(
            new NthProof(6, Reply.refusal(400, "invalid_authorization_details")), "foreign-target"),
    MINT(new NthProof(7, Reply.refusal(503, "temporarily_unavailable")), "mint"),
    MINT_WITH_A_REFRESH_TOKEN(
            (asked, real) -> asked.isExchange()
                    ? replaced(real.get(), "\"token_type\"", "\"refresh_token\":\"made-up\",\"token_type\"")
                    : real.get(),
            "mint"),
    TOKEN(
            (asked, real) -> isKeys(asked) ? replaced(real.get(), "\"kid\":\"", "\"kid\":\"other-") : real.get(),
            "token"),
    REPLAY(new NthProof(8, Reply.json(200, "{\"access_token\":\"made-up.made-up.made-up\"}")), "replay"),
    TOKEN_AS_PROOF(new NthProof(9, Reply.refusal(500, "server_error")), "token-as-proof"),
    STOLEN_RENEW(new Nth("/renew", 1, Reply.json(200, "{\"lease_expires_in\":60}")), "stolen-renew"),
    RENEW(new Nth("/renew", 2, Reply.refusal(400, "invalid_grant")), "renew"),
    ALIVE(new Nth("/introspect", 3, Reply.json(200, "{\"active\":false}")), "alive"),
    CLOSE(
            new Nth("/revoke", 2, Reply.refusal(503, "temporarily_unavailable")),
            "close",
            "closed-renew",
            "closed-mint",
            "dead"),
    CLOSED_RENEW(new Nth("/renew", 3, Reply.json(200, "{\"lease_expires_in\":60}")), "closed-renew"),
    CLOSED_MINT(new NthProof(10, Reply.json(200, "{\"access_token\":\"made-up.made-up.made-up\"}")), "closed-mint"),
    DEAD(new Nth("/introspect", 4, Reply.json(200, "{\"active\":true,\"jti\":\"made-up\"}")), "dead"),
    CLOSE_AT_THE_END(
            (asked, real) ->
                    asked.is("POST", "/revoke") && !asked.value("token").startsWith("made-up")
                            ? Reply.refusal(503, "temporarily_unavailable")
                            : real.get(),
            "close",
            "closed-renew",
            "closed-mint",
            "dead",
            "close-at-the-end"),
    NO_CORS(
            (asked, real) -> asked.method().equals("OPTIONS")
                    ? real.get().withHeader("Access-Control-Allow-Origin", "*")
                    : real.get(),
            "no-cors"),
    NO_STORE(
            (asked, real) ->
                    asked.path().equals("/renew") ? real.get().withHeader("Cache-Control", "max-age=60") : real.get(),
            "no-store"),
    JSON_ALONE(
            (asked, real) ->
                    asked.path().equals("/revoke") ? real.get().withHeader("Content-Type", "text/html") : real.get(),
            "json-alone"),
    NO_COOKIE(
            (asked, real) -> asked.path().equals("/healthz") ? real.get().withHeader("Set-Cookie", "a=b") : real.get(),
            "no-cookie"),
    NO_ECHO(
            (asked, real) -> asked.isExchange()
                    ? replaced(real.get(), "the subject_token is not acceptable", asked.value("subject_token"))
                    : real.get(),
            "no-echo");

    private final Twist twist;
    private final List<String> failing;

    Sabotage(Twist twist, String... failing) {
        this.twist = twist;
        this.failing = List.of(failing);
    }

    /** A new one for each run: some count. */
    Twist twist() {
        return twist instanceof Nth nth ? nth.again() : twist instanceof NthProof proof ? proof.again() : twist;
    }

    /** Names of checks. */
    List<String> failing() {
        return failing;
    }

    private static boolean isKeys(Asked asked) {
        return asked.path().endsWith("/jwks.json");
    }

    private static Reply replaced(Reply real, String pattern, String by) {
        return real.withBody(real.body().replaceAll(pattern, Matcher.quoteReplacement(by)));
    }
}
