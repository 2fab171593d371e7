// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.InMemoryLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The examples of the Authorization API 1.0 and of its certification scenario. Each is sent as it is written, whose
 * subjects are people and hold no token, and once more with the tokens that give these people what the example says;
 * docs/authzen.md has the outcome of both.
 */
class AuthzenExamplesTest {
    private static final String FOLDER = "/io/taskbound/http/authzen/";
    private static final Schema REQUEST = schema("evaluation-request.schema.json");
    private static final Schema RESPONSE = schema("evaluation-response.schema.json");
    private static final String SECRET = TestIssuer.SIGNER_SECRET;

    /** What the examples say that each may do. */
    private static final Map<String, List<String>> MAY = Map.of(
            "alice",
            List.of("read record:record-1", "write record:record-1"),
            "bob",
            List.of("read record:record-1"),
            "alice@example.com",
            List.of(
                    "can_read account:123",
                    "can_read document:boxcarring.md",
                    "can_read todo:1",
                    "read document:1",
                    "read document:3"));

    private final TestIssuer issuer = TestIssuer.withPolicy(new InMemoryLedger(), AuthzenExamplesTest::policy);
    private final Map<String, TestIssuer.Answer> tokens = new LinkedHashMap<>();

    @BeforeEach
    void mint() {
        MAY.forEach((person, permitted) -> tokens.put(person, token(permitted)));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void decidesTheExamplesAsTheTableSays() {
        var rows = new ArrayList<String>();
        for (var example : examples()) {
            var written = send(example, example.get("request"));
            var meant = send(example, example.get("request").map(this::withTokens));
            assertThat(written.status()).as(example.toString()).isEqualTo(status(example));
            assertThat(meant.status()).as(example.toString()).isEqualTo(status(example));
            assertThat(decisions(written)).as(example.toString()).doesNotContain(true);
            var wanted = wanted(example);
            if (example.has("differs")) {
                assertThat(decisions(meant)).as(example.toString()).isNotEqualTo(wanted);
            } else {
                assertThat(decisions(meant)).as(example.toString()).isEqualTo(wanted);
            }
            rows.add(row(example, written, meant));
        }
        assertThat(document()).contains(String.join("\n", rows) + "\n");
    }

    /** The certification's harness does this as well: the same question has the same answer (C-2.6). */
    @Test
    void decidesTheSameEachTime() {
        for (var example : examples()) {
            var first = send(example, example.get("request").map(this::withTokens));
            var second = send(example, example.get("request").map(this::withTokens));
            assertThat(decisions(second)).isEqualTo(decisions(first));
        }
    }

    /** What the schema of the specification takes is answered with a decision, and what it does not take is refused. */
    @Test
    void agreesWithTheSchemaOfARequest() {
        for (var example : examples()) {
            if (example.string("endpoint").orElseThrow().equals("evaluation") && example.has("request")) {
                boolean fits = REQUEST.validate(
                                JsonText.of(example.get("request").orElseThrow()), InputFormat.JSON)
                        .isEmpty();
                var status = send(example, example.get("request")).status();
                assertThat(status).as(example.toString()).isEqualTo(fits && !example.has("content_type") ? 200 : 400);
            }
        }
    }

    private static int status(JsonObject example) {
        return (int) example.wholeNumber("status").orElseThrow();
    }

    private static List<Boolean> wanted(JsonObject example) {
        return example.array("decisions").orElse(JsonArray.EMPTY).items().stream()
                .map(decision -> ((JsonBoolean) decision).value())
                .toList();
    }

    private static String row(JsonObject example, HttpResponse written, HttpResponse meant) {
        var wanted = status(example) == 200 ? words(wanted(example)) : Integer.toString(status(example));
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        example.string("id").orElseThrow(),
                        example.string("title").orElseThrow(),
                        wanted,
                        shown(meant),
                        shown(written),
                        example.string("differs").orElse(""));
    }

    private static String shown(HttpResponse answer) {
        return answer.status() == 200 ? words(decisions(answer)) : Integer.toString(answer.status());
    }

    private static String words(List<Boolean> decisions) {
        return decisions.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** And each fits the schema of the specification. */
    private static List<Boolean> decisions(HttpResponse answer) {
        if (answer.status() != 200) {
            assertThat(answer.headers().get("Content-Type")).startsWith("text/plain");
            return List.of();
        }
        var body = parsed(answer.body());
        var decided = body.array("evaluations").map(JsonArray::items).orElseGet(() -> List.of((JsonValue) body));
        decided.forEach(decision -> assertThat(RESPONSE.validate(JsonText.of(decision), InputFormat.JSON))
                .as(JsonText.of(decision))
                .isEmpty());
        return decided.stream()
                .map(decision -> ((JsonObject) decision).bool("decision").orElseThrow())
                .toList();
    }

    private HttpResponse send(JsonObject example, Optional<JsonValue> request) {
        var body =
                request.map(JsonText::of).orElseGet(() -> example.string("body").orElseThrow());
        var headers = Map.of(
                "content-type",
                List.of(example.string("content_type").orElse("application/json")),
                "authorization",
                List.of(TestIssuer.basic("records", SECRET)),
                "x-request-id",
                List.of("bfe9eb29-ab87-4ca3-be83-a1d5d8305716"));
        var answer = issuer.edge.handle(new HttpRequest(
                "POST",
                "/access/v1/" + example.string("endpoint").orElseThrow(),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                Optional.empty()));
        assertThat(answer.headers()).containsEntry("X-Request-ID", "bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
        return answer;
    }

    /** People become their tokens, and ids become identifiers. */
    private JsonValue withTokens(JsonValue value) {
        if (value instanceof JsonArray array) {
            return new JsonArray(array.items().stream().map(this::withTokens).toList());
        }
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        var type = object.string("type");
        var id = object.string("id");
        if (type.isPresent() && id.isPresent()) {
            return tokens.containsKey(id.get()) ? subject(tokens.get(id.get())) : resource(type.get(), id.get());
        }
        var changed = JsonObject.builder();
        object.members().forEach((name, member) -> changed.put(name, withTokens(member)));
        return changed.build();
    }

    private static JsonObject subject(TestIssuer.Answer token) {
        return JsonObject.builder()
                .put("type", "task_token")
                .put("id", token.text("jti"))
                .put(
                        "properties",
                        JsonObject.builder().put("token", token.accessToken()).build())
                .build();
    }

    private static JsonObject resource(String type, String id) {
        return JsonObject.builder().put("type", type).put("id", type + ":" + id).build();
    }

    private TestIssuer.Answer token(List<String> permitted) {
        var details = permitted.stream()
                .map(pair -> pair.split(" ", 2))
                .map(pair -> "{\"type\":\"task\",\"task\":\"records\",\"actions\":[\"%s\"],\"identifier\":\"%s\"}"
                        .formatted(pair[0], pair[1]))
                .collect(Collectors.joining(",", "[", "]"));
        var answer =
                issuer.token(TestIssuer.form(issuer.idToken(), UUID.randomUUID().toString(), details));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private static String policy(String provider) {
        return TestIssuer.policyJson(provider)
                .replace(
                        "\"resource_servers\":{",
                        "\"resource_servers\":{\"records\":{\"audience\":\"https://records.acme.example\","
                                + "\"checks\":\"introspect\",\"client_secret_hashes\":[\""
                                + TestIssuer.sha256(SECRET) + "\"]},")
                .replace("\"tasks\":{", """
                        "tasks":{"records":{"description":"Of the examples","permissions":[
                          {"resource_server":"records","actions":["read","write","can_read","can_edit"],
                           "identifiers":["record:*","document:*","account:*","todo:*"]}],
                          "max_lifetime":"10m","allow":["release"]},""");
    }

    private static List<JsonObject> examples() {
        try {
            return ((JsonArray) StrictJson.parse(resource("examples.json").getBytes(StandardCharsets.UTF_8)))
                    .items().stream().map(JsonObject.class::cast).toList();
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static JsonObject parsed(byte[] body) {
        try {
            return StrictJson.parseObject(body);
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }

    /** Their {@code $id} is relative, and the validator takes whole ones alone. */
    private static Schema schema(String file) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(resource(file).replace("\"$id\": \"", "\"$id\": \"https://authzen.example/"));
    }

    private static String resource(String file) {
        try (var in = Objects.requireNonNull(AuthzenExamplesTest.class.getResourceAsStream(FOLDER + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String document() {
        var root = Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root");
        try {
            return Files.readString(Path.of(root, "docs", "authzen.md"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
