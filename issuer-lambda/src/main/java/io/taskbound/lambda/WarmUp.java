// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoConnection;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.TableState;
import io.taskbound.metrics.Meters;
import io.taskbound.policy.Policy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plays a token's life, or its beginning, at the function's start, so that the first real request finds its classes
 * loaded: the whole way from event to answer, with a policy, an ID token and a signing key that open nothing, and no
 * network. Leaves nothing behind.
 */
final class WarmUp {
    static final String TABLE = "rehearsal";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ISSUER = "https://tokens.rehearsal.invalid";
    private static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/rehearsal";
    private static final String SCENE = "scene:rehearsal/stage/act@sha256:" + "0".repeat(64);
    private static final String SECRET = "cmVoZWFyc2FsLXJlaGVhcnNhbC1yZWhlYXJzYWwtMDA";

    private final JsonObject script;
    private final Handler handler;

    private WarmUp(JsonObject script, Handler handler) {
        this.script = script;
        this.handler = handler;
    }

    /** How much is played. */
    enum Length {
        /** A mint, from event to answer: what a function needs that has a request waiting. */
        MINT,
        /** A token's whole life, with real signatures, for a snapshot that is started many times. */
        WHOLE_LIFE
    }

    /** The function's way from event to answer. */
    @FunctionalInterface
    interface Handler {
        void handle(InputStream event, OutputStream answer, String requestId) throws IOException;
    }

    /** @param drop drops all that the function has loaded */
    record Warmed(Handler handler, Runnable drop) {}

    /** @throws IllegalStateException when it does not go as it should; the function can do without it */
    static void play(Length length, Function<LambdaWiring, Warmed> function) {
        try (var script = WarmUp.class.getResourceAsStream("warm-up.json")) {
            if (script == null) {
                throw new IllegalStateException("the script is missing");
            }
            play(StrictJson.parseObject(script.readAllBytes()), length, function);
        } catch (IOException | MalformedJson | GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void play(JsonObject script, Length length, Function<LambdaWiring, Warmed> function)
            throws IOException, MalformedJson, GeneralSecurityException {
        var aws = new StubAws(TABLE, length == Length.MINT ? StubKey.written(script) : StubKey.generated());
        var dynamo = DynamoConnection.over(aws);
        var kms = KmsConnection.over(aws);
        var policy = Policy.load(script.object("policy").orElseThrow(), 1)
                .orElseThrow(faulty -> new IllegalStateException(faulty.faults().toString()));
        var current = new CurrentPolicy(policy, new HttpKeyFetcher(FetchPolicy.PUBLIC));
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var warmed = function.apply(new LambdaWiring(
                ISSUER,
                new LedgerComponent(() -> dynamo.ledger(TABLE, DynamoLedger.DEFAULT_RETENTION)),
                () -> TableState.READY,
                () -> current,
                length == Length.MINT
                        ? () -> new LazySigner(new KmsSignerComponent(kms::client, KEY))
                        : new SigningKeysComponent(
                                () -> dynamo.keys(TABLE),
                                kms::client,
                                SignerKind.KMS,
                                KEY,
                                TABLE,
                                System.err::println,
                                clock),
                () -> {
                    dynamo.drop();
                    kms.drop();
                },
                ForkJoinPool.commonPool(),
                line -> {},
                System.err::println,
                Meters.writing("rehearsal", System::nanoTime, line -> {}, System.err::println),
                clock));
        new WarmUp(script, warmed.handler()).playOn(length);
        warmed.drop().run();
    }

    private void playOn(Length length) throws IOException, MalformedJson {
        var granted = expect(200, send("/token", mint(), Map.of()));
        if (length == Length.MINT) {
            return;
        }
        var token = granted.string("access_token").orElseThrow();
        var redeem = Map.of("token", token, "action", "play", "identifier", SCENE, "use_id", "1");
        send("/redeem", redeem, Map.of("Authorization", "Basic " + encoded("stage:" + SECRET)));
        send("/renew", Map.of("token", token), Map.of());
        expect(200, send("/revoke", Map.of("token", token), Map.of()));
    }

    private Map<String, String> mint() {
        return Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:id_token",
                "subject_token",
                script.string("id_token").orElseThrow(),
                "txn",
                "00000000-0000-4000-8000-000000000000",
                "authorization_details",
                "[{\"type\":\"task\",\"task\":\"rehearse\",\"identifier\":\"" + SCENE + "\"}]");
    }

    private JsonObject send(String path, Map<String, String> form, Map<String, String> credentials)
            throws IOException, MalformedJson {
        var output = new ByteArrayOutputStream();
        var event = new ByteArrayInputStream(event(path, form, credentials).getBytes(UTF_8));
        handler.handle(event, output, "rehearsal");
        return StrictJson.parseObject(output.toByteArray());
    }

    private static String event(String path, Map<String, String> form, Map<String, String> credentials) {
        var headers = JsonObject.builder().put("content-type", "application/x-www-form-urlencoded");
        credentials.forEach(headers::put);
        var http = JsonObject.builder().put("method", "POST").put("path", path).build();
        return JsonText.of(JsonObject.builder()
                .put("version", "2.0")
                .put("rawPath", path)
                .put("headers", headers.build())
                .put(
                        "requestContext",
                        JsonObject.builder()
                                .put("http", http)
                                .put("requestId", "rehearsal")
                                .build())
                .put("body", encoded(body(form)))
                .put("isBase64Encoded", true)
                .build());
    }

    private static String body(Map<String, String> form) {
        return form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static JsonObject expect(long status, JsonObject answer) throws MalformedJson {
        if (answer.wholeNumber("statusCode").orElse(0) != status) {
            throw new IllegalStateException("answered " + JsonText.of(answer));
        }
        return StrictJson.parseObject(answer.string("body").orElse("{}").getBytes(UTF_8));
    }
}
