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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/**
 * Plays one mint at the start of a function that has a request waiting, so that the request finds its classes loaded:
 * the whole way from event to answer, with a policy, an ID token and a signing key that open nothing, and no network.
 * Leaves nothing behind. Before a snapshot, a {@link Rehearsal} does more.
 */
final class WarmUp {
    static final String TABLE = "rehearsal";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ISSUER = "https://tokens.rehearsal.invalid";
    private static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/rehearsal";
    private static final String SCENE = "scene:rehearsal/stage/act@sha256:" + "0".repeat(64);

    private WarmUp() {}

    /** The function's way from event to answer. */
    @FunctionalInterface
    interface Handler {
        void handle(InputStream event, OutputStream answer, String requestId) throws IOException;
    }

    /** @param drop drops all that the function has loaded */
    record Warmed(Handler handler, Runnable drop) {}

    /** @throws IllegalStateException when it does not go as it should; the function can do without it */
    static void play(Function<LambdaWiring, Warmed> function) {
        try (var script = WarmUp.class.getResourceAsStream("warm-up.json")) {
            if (script == null) {
                throw new IllegalStateException("the script is missing");
            }
            play(StrictJson.parseObject(script.readAllBytes()), function);
        } catch (IOException | MalformedJson broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void play(JsonObject script, Function<LambdaWiring, Warmed> function)
            throws IOException, MalformedJson {
        var aws = new StubAws(new StubTable(TABLE), StubKey.written(script));
        var dynamo = DynamoConnection.over(aws);
        var kms = KmsConnection.over(aws);
        var policy = Policy.load(script.object("policy").orElseThrow(), 1)
                .orElseThrow(faulty -> new IllegalStateException(faulty.faults().toString()));
        var current = new CurrentPolicy(policy, new HttpKeyFetcher(FetchPolicy.PUBLIC));
        var warmed = function.apply(new LambdaWiring(
                ISSUER,
                new LedgerComponent(() -> dynamo.ledger(TABLE, DynamoLedger.DEFAULT_RETENTION)),
                () -> TableState.READY,
                () -> current,
                () -> new LazySigner(new KmsSignerComponent(kms::client, KEY)),
                () -> {
                    dynamo.drop();
                    kms.drop();
                },
                ForkJoinPool.commonPool(),
                line -> {},
                System.err::println,
                Meters.writing("rehearsal", System::nanoTime, line -> {}, System.err::println),
                RehearsalPlan.NONE,
                () -> {},
                Clock.fixed(NOW, ZoneOffset.UTC)));
        mint(script, warmed.handler());
        warmed.drop().run();
    }

    private static void mint(JsonObject script, Handler handler) throws IOException, MalformedJson {
        var output = new ByteArrayOutputStream();
        handler.handle(new ByteArrayInputStream(mint(script).json().getBytes(UTF_8)), output, "rehearsal");
        var answer = StrictJson.parseObject(output.toByteArray());
        if (answer.wholeNumber("statusCode").orElse(0) != 200) {
            throw new IllegalStateException("answered " + JsonText.of(answer));
        }
    }

    private static RehearsalEvent mint(JsonObject script) {
        return RehearsalEvent.post(
                "/token",
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token_type",
                        "urn:ietf:params:oauth:token-type:id_token",
                        "subject_token",
                        script.string("id_token").orElseThrow(),
                        "txn",
                        "00000000-0000-4000-8000-000000000000",
                        "authorization_details",
                        "[{\"type\":\"task\",\"task\":\"rehearse\",\"identifier\":\"" + SCENE + "\"}]"));
    }
}
