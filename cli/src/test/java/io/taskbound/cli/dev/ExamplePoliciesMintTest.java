// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.identity.Profiles;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import io.taskbound.task.ProviderName;
import io.taskbound.token.LocalSigner;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mints through every rule of every policy that people copy from, with ID tokens that are really signed. */
class ExamplePoliciesMintTest {
    private static final String ISSUER = "https://tokens.acme.example";
    private static final String SHA256 = "5f".repeat(32);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Path ROOT =
            Path.of(Optional.ofNullable(System.getProperty("taskbound.root")).orElse(".."));

    private final StandInProvider provider = StandInProvider.start(CLOCK);
    private final EmbeddedDynamo dynamo = EmbeddedDynamo.inMemory();
    private final List<String> audit = Collections.synchronizedList(new ArrayList<>());
    private int minted;

    @AfterEach
    void stop() {
        provider.close();
        dynamo.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"infra/policy/example.yaml", "docs/examples/policies"})
    void mintsThroughEveryRule(String path) throws Exception {
        var policy = standIn(path);
        var issuer = issuer(policy);
        for (var task : object(policy, "tasks").members().entrySet()) {
            for (var rule : rules(policy, (JsonObject) task.getValue())) {
                mintThrough(issuer, policy, task.getKey(), (JsonObject) task.getValue(), rule);
            }
        }
        assertThat(minted).isGreaterThanOrEqualTo(2);
    }

    @Test
    void wouldNoticeARuleThatAdmitsNobody() throws Exception {
        var policy = standIn("infra/policy/example.yaml");
        var rule = rules(policy, (JsonObject)
                        object(policy, "tasks").get("sign-release").orElseThrow())
                .get(0);
        var claims = claims(policy, rule).with("repository_id", "1");

        var answer = exchange(
                issuer(policy), provider.idToken(claims), "sign-release", "sign", "artifact:x@sha256:" + SHA256);

        assertThat(answer.has("access_token")).isFalse();
    }

    private JsonObject standIn(String path) {
        var loaded = (Loaded.Ok) PolicyFiles.load(ROOT.resolve(path));
        return StandInPolicy.of(loaded.canonical(), provider.jwks(), SHA256);
    }

    private IssuerEdge issuer(JsonObject document) {
        var policy = Policy.compile(document, 1)
                .orElseThrow(faulty -> new AssertionError(faulty.faults().toString()));
        LedgerTable.create(dynamo.client(), "taskbound");
        return new IssuerEdge(new IssuerParts(
                ISSUER,
                new CurrentPolicy(policy, new HttpKeyFetcher(FetchPolicy.PUBLIC)),
                new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30)),
                LocalSigner.generate(),
                Runnable::run,
                audit::add,
                line -> {},
                CLOCK));
    }

    private void mintThrough(IssuerEdge issuer, JsonObject policy, String name, JsonObject task, JsonObject rule)
            throws Exception {
        for (var item : task.array("permissions").orElseThrow().items()) {
            var permission = (JsonObject) item;
            for (var pattern : permission.array("identifiers").orElseThrow().items()) {
                for (var action : permission.array("actions").orElseThrow().items()) {
                    var claims = claims(policy, rule);
                    var identifier = concrete(filled(((JsonString) pattern).value(), policy, rule, claims));
                    var answer =
                            exchange(issuer, provider.idToken(claims), name, ((JsonString) action).value(), identifier);
                    assertThat(answer.has("access_token"))
                            .as("%s %s: %s %s", name, identifier, answer, audit.get(audit.size() - 1))
                            .isTrue();
                    minted++;
                }
            }
        }
    }

    /** Rules as the task lists them: by name or inline. */
    private static List<JsonObject> rules(JsonObject policy, JsonObject task) {
        var rules = new ArrayList<JsonObject>();
        for (var entry : task.array("allow").orElseThrow().items()) {
            if (entry instanceof JsonString named) {
                object(policy, "callers")
                        .array(named.value())
                        .orElseThrow()
                        .items()
                        .forEach(rule -> rules.add((JsonObject) rule));
            } else {
                rules.add((JsonObject) entry);
            }
        }
        return rules;
    }

    /** The provider's usual claims, with what the rule asks for put in their place. */
    private ClaimSet claims(JsonObject policy, JsonObject rule) {
        var settings = provider(policy, rule);
        var claims = sample(settings.string("profile").orElseThrow())
                .with("iss", settings.string("issuer").orElseThrow())
                .forAudience(settings.string("audience").orElseThrow())
                .with("run_number", UUID.randomUUID().toString());
        for (var claim : rule.object("claims").orElseThrow().members().entrySet()) {
            claims = claims.with(claim.getKey(), plain(claim.getValue()));
        }
        for (var nested : rule.array("nested").orElse(JsonArray.EMPTY).items()) {
            claims = with(claims, (JsonObject) nested);
        }
        return claims;
    }

    private ClaimSet sample(String profile) {
        return switch (profile) {
            case "github" -> provider.github("acme/shop", "main");
            case "jenkins" -> provider.jenkins("shop/release/main", 42);
            case "gitlab" -> provider.gitlab("acme/shop", "main");
            case "kubernetes" -> provider.kubernetes("data", "mover");
            default -> throw new AssertionError("an example for a profile without a sample: " + profile);
        };
    }

    @SuppressWarnings("unchecked")
    private static ClaimSet with(ClaimSet claims, JsonObject nested) {
        var path = nested.array("path").orElseThrow().items();
        assertThat(path).as("deeper examples need more of this test").hasSize(2);
        var outer = ((JsonString) path.get(0)).value();
        var inner = new LinkedHashMap<>((Map<String, Object>) claims.asMap().getOrDefault(outer, Map.of()));
        inner.put(((JsonString) path.get(1)).value(), plain(nested.get("value").orElseThrow()));
        return claims.with(outer, inner);
    }

    private static Object plain(JsonValue value) {
        if (value instanceof JsonArray any) {
            return plain(any.items().get(0));
        }
        return value instanceof JsonString text ? concrete(text.value()) : value.toString();
    }

    private static String concrete(String pattern) {
        return pattern.replace("{sha256}", SHA256).replace("**", "a/b").replace("*", "1");
    }

    private static String filled(String pattern, JsonObject policy, JsonObject rule, ClaimSet claims) throws Exception {
        var filled = pattern;
        var let = rule.object("let").orElse(JsonObject.EMPTY);
        for (var variable : let.members().entrySet()) {
            filled = filled.replace("${" + variable.getKey() + "}", ((JsonString) variable.getValue()).value());
        }
        if (filled.contains("${project}")) {
            filled = filled.replace("${project}", project(policy, rule, claims));
        }
        assertThat(filled).doesNotContain("${");
        return filled;
    }

    private static String project(JsonObject policy, JsonObject rule, ClaimSet claims) throws Exception {
        var settings = provider(policy, rule);
        var json = StrictJson.parseObject(
                JSONObjectUtils.toJSONString(claims.asMap()).getBytes(UTF_8));
        return Profiles.named(settings.string("profile").orElseThrow())
                .orElseThrow()
                .describe(
                        new ProviderName(rule.string("provider").orElseThrow()),
                        settings.string("issuer").orElseThrow(),
                        json,
                        "digest")
                .projectName()
                .orElseThrow();
    }

    private static JsonObject provider(JsonObject policy, JsonObject rule) {
        return object(policy, "providers")
                .object(rule.string("provider").orElseThrow())
                .orElseThrow();
    }

    private static JsonObject object(JsonObject policy, String section) {
        return policy.object(section).orElse(JsonObject.EMPTY);
    }

    private static JsonObject exchange(IssuerEdge issuer, String proof, String task, String action, String identifier)
            throws Exception {
        var details = "[{\"type\":\"task\",\"task\":\"" + task + "\",\"actions\":[\"" + action + "\"],\"identifier\":\""
                + identifier + "\"}]";
        var form = "grant_type=urn:ietf:params:oauth:grant-type:token-exchange"
                + "&subject_token_type=urn:ietf:params:oauth:token-type:id_token&subject_token=" + proof
                + "&holder_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                + "&authorization_details=" + URLEncoder.encode(details, UTF_8);
        var response = issuer.handle(new HttpRequest(
                "POST",
                "/token",
                Map.of("content-type", List.of("application/x-www-form-urlencoded")),
                form.getBytes(UTF_8),
                Optional.empty()));
        return StrictJson.parseObject(response.body());
    }
}
