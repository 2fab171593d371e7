// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.Ran;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.HttpDynamo;
import io.taskbound.token.KeyRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@code keys rotate} and {@code retire} have the function do it, and touch neither KMS nor the table's key records
 * themselves: the stand-in answers for Lambda, hands on what is DynamoDB's, and has no KMS.
 */
class RotationFunctionTest {
    private static final String TABLE = "taskbound";
    private static final String KEY = "A".repeat(43);
    private static final String INVOCATIONS = "/2015-03-31/functions/rotation/invocations";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> invocations = new ArrayList<>();
    private final List<String> services = new ArrayList<>();
    private HttpDynamo dynamo;
    private HttpServer aws;
    private String answer = "{}";
    private int status = 200;
    private Optional<String> functionError = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        dynamo = HttpDynamo.start();
        aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.setExecutor(threads);
        aws.createContext("/", this::handle);
        aws.start();
        try (var direct = DynamoDbClient.builder()
                .endpointOverride(dynamo.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(dynamo.credentials())
                .build()) {
            LedgerTable.create(direct, TABLE);
            var store = new KeyStore(new DynamoTable(direct, TABLE));
            var sign = Clock.systemUTC().instant().minus(Duration.ofDays(1));
            store.write(
                    store.read(),
                    List.of(new KeyRecord(
                            KEY,
                            new KeyRecord.KeyLocation.InKms("arn:aws:kms:eu-central-1:111122223333:key/a"),
                            sign,
                            sign,
                            Optional.empty(),
                            "ann")));
        }
    }

    @AfterEach
    void stop() {
        aws.stop(0);
        threads.shutdownNow();
        dynamo.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            if (exchange.getRequestURI().getPath().startsWith("/2015-03-31/")) {
                services.add("lambda");
                invocations.add(exchange.getRequestURI().getPath() + " " + new String(body, UTF_8));
                functionError.ifPresent(kind -> exchange.getResponseHeaders().set("X-Amz-Function-Error", kind));
                send(exchange, status, answer.getBytes(UTF_8));
            } else if (target.filter(name -> name.startsWith("DynamoDB_")).isPresent()) {
                services.add(target.get());
                handOn(exchange, body);
            } else {
                services.add(target.orElse("sts"));
                send(exchange, 500, new byte[0]);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(dynamo.endpoint()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (var name : List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .ifPresent(value -> request.header(name, value));
        }
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        send(exchange, response.statusCode(), response.body());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private Ran keys(String... args) {
        var line = new ArrayList<>(List.of("keys"));
        line.addAll(List.of(args));
        line.addAll(List.of(
                "--table",
                TABLE,
                "--endpoint-url",
                "http://127.0.0.1:" + aws.getAddress().getPort()));
        return Ran.with(
                Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"),
                "",
                line.toArray(String[]::new));
    }

    private Ran rotate() {
        return keys("rotate", "--function", "rotation");
    }

    @Test
    void rotateHasTheFunctionMakeTheKey() {
        answer = "{\"event\":\"key_rotation\",\"result\":\"rotated\",\"kid\":\"" + "B".repeat(43) + "\"}";
        var ran = keys("rotate", "--function", "rotation", "--publish-for", "30m");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("Made " + "B".repeat(43), "signing    " + KEY, "Issuers follow within 60 s");
        assertThat(invocations)
                .containsExactly(INVOCATIONS + " {\"command\":\"rotate\",\"by\":\"local:"
                        + System.getProperty("user.name") + "\",\"publish_for_seconds\":1800}");
        assertThat(services).noneMatch(name -> name.startsWith("TrentService") || name.contains("PutItem"));
    }

    @Test
    void retireAsksWhatBreaksAndHasItDone() {
        answer = "{\"result\":\"looked\",\"phase\":\"signing\"}";
        var asked = keys("retire", KEY, "--function", "rotation");
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.out()).contains("It is signing now. Every token it has signed dies with it");
        assertThat(asked.err()).contains("Not confirmed");
        assertThat(invocations).singleElement().asString().contains("\"dry_run\":true");

        answer = "{\"result\":\"removed\"}";
        var ran = keys("retire", KEY, "--function", "rotation", "--yes");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("Taken out");
        assertThat(invocations)
                .last()
                .asString()
                .contains("\"key_id\":\"" + KEY + "\"")
                .doesNotContain("dry_run");
        assertThat(services).noneMatch(name -> name.startsWith("TrentService") || name.contains("PutItem"));
    }

    @Test
    void jsonSaysWhatWasMadeAndAllKeys() {
        answer = "{\"result\":\"rotated\",\"kid\":\"" + "B".repeat(43) + "\"}";
        assertThat(keys("rotate", "--function", "rotation", "--json").out())
                .startsWith("{\"table\":\"taskbound\",\"made\":\"" + "B".repeat(43) + "\",\"keys\":[{\"kid\":\"" + KEY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"result":"refused","why":"the key of the last rotation does not sign before 12:00","remedy":"wait"} | No key was created: the key of the last rotation does not sign before 12:00.
        {"result":"overtaken"}                                  | Someone else has changed the keys in the meantime
        {"result":"unavailable","why":"KMS made no key"}        | The keys were not changed: KMS made no key.
        {"result":"surprise"}                                   | does not answer as a rotation function of this version
        []                                                      | does not answer as a rotation function of this version
        """)
    void whatTheFunctionRefusesIsSaid(String answered, String said) {
        answer = answered;
        var ran = rotate();
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains(said).doesNotContain("internal error");
    }

    @Test
    void aFunctionThatFailsIsNamed() {
        functionError = Optional.of("Unhandled");
        answer =
                "{\"errorMessage\":\"no new signing key: it is late\\u001b[2J\",\"errorType\":\"java.io.IOException\"}";
        assertThat(rotate().err())
                .contains("The function rotation failed: no new signing key: it is late")
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource({
        "404, ResourceNotFoundException, This region has no function rotation.",
        "429, TooManyRequestsException, The function rotation is busy with another change of the keys.",
        "403, AccessDeniedException, It is unknown whether the function rotation changed the keys: AccessDeniedException",
        "500, ServiceException, It is unknown whether the function rotation changed the keys: ServiceException"
    })
    void whatLambdaRefusesIsSaidAndNotTriedAgain(int code, String kind, String said) {
        status = code;
        answer = "{\"Message\":\"not today\",\"Type\":\"User\",\"__type\":\"" + kind + "\"}";
        assertThat(rotate().err()).contains(said).doesNotContain("internal error");
        assertThat(invocations).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--function rotation --signer kms, --function knows its own signer and key",
        "--function rotation --signing-key alias/x, --function knows its own signer and key",
        "--function a/b, --function is neither the name nor the ARN of a function"
    })
    void refusesWhatContradictsItself(String options, String said) {
        var line = new ArrayList<>(List.of("rotate"));
        line.addAll(List.of(options.split(" ")));
        var ran = keys(line.toArray(String[]::new));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(said);
        assertThat(invocations).isEmpty();
    }
}
