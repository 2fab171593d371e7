// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.Profiles;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event in contract/hooks, as its CI system's documentation has it: what it proves, and what is read from it. */
class DeliveriesTest {
    private static final Path CONTRACT = Path.of(System.getProperty("taskbound.root", ".."), "contract");
    private static final Path HOOKS = CONTRACT.resolve("hooks");

    /** One entry of deliveries.json. */
    record Sample(JsonObject entry, String secret) {
        String profile() {
            return entry.string("profile").orElseThrow();
        }

        HookSystem system() {
            return HookSystem.of(profile()).orElseThrow();
        }

        Instant now() {
            return Instant.parse(entry.string("now").orElseThrow());
        }

        byte[] body() {
            try {
                return Files.readAllBytes(HOOKS.resolve(entry.string("file").orElseThrow()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        JsonObject headers() {
            return entry.object("headers").orElseThrow();
        }

        Delivery delivery() {
            return delivery(body(), headers());
        }

        static Delivery delivery(byte[] body, JsonObject headers) {
            return new Delivery(headers::string, body);
        }

        List<HookSecret> secrets() {
            return List.of(HookSecret.of(secret));
        }

        Optional<String> flaw(Delivery delivery) {
            return system().flaw(delivery, secrets(), now());
        }

        @Override
        public String toString() {
            return entry.string("file").orElseThrow();
        }
    }

    static List<Sample> samples() throws Exception {
        var file = StrictJson.parseObject(Files.readAllBytes(HOOKS.resolve("deliveries.json")));
        var secret = file.string("secret").orElseThrow();
        return file.array("deliveries").orElseThrow().items().stream()
                .map(entry -> new Sample((JsonObject) entry, secret))
                .toList();
    }

    static Stream<Sample> ends() throws Exception {
        return samples().stream()
                .filter(sample -> sample.entry()
                        .object("expect")
                        .flatMap(expect -> expect.string("event"))
                        .equals(Optional.of("ended")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isAuthentic(Sample sample) {
        assertThat(sample.flaw(sample.delivery())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isNotAuthenticWithoutWhatProvesIt(Sample sample) {
        for (var name : sample.headers().members().keySet()) {
            var headers = new LinkedHashMap<>(sample.headers().members());
            headers.remove(name);
            boolean proves = name.contains("signature") || name.contains("token");
            assertThat(sample.flaw(Sample.delivery(sample.body(), new JsonObject(headers)))
                            .isPresent())
                    .as(name)
                    .isEqualTo(proves);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isNotAuthenticWithAnotherSecret(Sample sample) {
        var others = List.of(HookSecret.of("It's a Secret to Everybody "), HookSecret.of("x"));
        assertThat(sample.system().flaw(sample.delivery(), others, sample.now()))
                .isPresent();
        assertThat(sample.system().flaw(sample.delivery(), List.of(), sample.now()))
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isAuthenticByTheOlderOfTwoSecretsToo(Sample sample) {
        var newer = HookSecret.of("the newer of two secrets");
        var older = HookSecret.of(sample.secret());
        for (var secrets : List.of(List.of(older, newer), List.of(newer, older))) {
            assertThat(sample.system().flaw(sample.delivery(), secrets, sample.now()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isNotAuthenticOnceAByteOfTheBodyIsChanged(Sample sample) {
        // GitLab sends the secret itself, and no signature over the body.
        if (sample.profile().equals("gitlab")) {
            return;
        }
        var body = sample.body();
        for (int at : new int[] {0, body.length / 2, body.length - 1}) {
            var changed = body.clone();
            changed[at] ^= 1;
            assertThat(sample.flaw(Sample.delivery(changed, sample.headers()))).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isNotAuthenticBySignaturesOfAnotherForm(Sample sample) {
        for (var name :
                List.of("x-hub-signature-256", "x-gitlab-token", "x-buildkite-signature", "circleci-signature")) {
            if (sample.headers().has(name)) {
                var good = sample.headers().string(name).orElseThrow();
                for (var bad : List.of(
                        "",
                        good.substring(0, good.length() - 1),
                        good + "0",
                        good.replace("=", ""),
                        "sha1=" + "0".repeat(40),
                        "v2=" + "0".repeat(64),
                        good.replaceAll("[0-9a-f]{64}$", "g".repeat(64)) + (name.contains("token") ? "?" : ""))) {
                    if (bad.equals(good)) {
                        continue;
                    }
                    var headers = new LinkedHashMap<>(sample.headers().members());
                    headers.put(name, new JsonString(bad));
                    assertThat(sample.flaw(Sample.delivery(sample.body(), new JsonObject(headers))))
                            .as(bad)
                            .isPresent();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void onlyBuildkitesSignatureAges(Sample sample) {
        boolean ages = sample.profile().equals("buildkite");
        for (var drift : List.of(Duration.ofSeconds(301), Duration.ofSeconds(-301))) {
            var then = sample.now().plus(drift);
            assertThat(sample.system()
                            .flaw(sample.delivery(), sample.secrets(), then)
                            .isPresent())
                    .isEqualTo(ages);
        }
        assertThat(sample.system()
                        .flaw(sample.delivery(), sample.secrets(), sample.now().plusSeconds(300)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void saysWhatItsDocumentationSays(Sample sample) throws Exception {
        var expect = sample.entry().object("expect").orElseThrow();
        var event = sample.system().read(sample.delivery(), sample.delivery().json());
        if (expect.string("event").orElseThrow().equals("other")) {
            assertThat(event).isInstanceOf(HookEvent.Other.class);
            return;
        }
        var ended = (Ended) event;
        assertThat(ended.owner()).isEqualTo(expect.string("owner"));
        assertThat(Optional.of(ended.project())).isEqualTo(expect.string("project"));
        assertThat(ended.at()).isEqualTo(Instant.parse(expect.string("at").orElseThrow()));
        assertThat(Optional.of(ended.permanent())).isEqualTo(expect.bool("permanent"));
        assertThat(ended.ofJob()).isEqualTo(expect.has("job"));
        assertThat(runs(sample, ended)).containsExactlyElementsOf(strings(expect, "runs"));
        if (ended.ofJob()) {
            assertThat(jobs(sample, ended)).containsExactly(expect.string("job").orElseThrow());
        }
    }

    /** The very texts that the profile makes of an ID token of that run: so the two have the same key in the ledger. */
    @ParameterizedTest
    @MethodSource("ends")
    void namesRunAndJobAsTheirIdTokensDo(Sample sample) throws Exception {
        var ended = (Ended)
                sample.system().read(sample.delivery(), sample.delivery().json());
        for (var idToken : strings(sample.entry(), "id_token")) {
            var caller = StrictJson.parseObject(
                    Files.readAllBytes(CONTRACT.resolve("samples").resolve(idToken.replace(".json", ".caller.json"))));
            assertThat(runs(sample, ended)).contains(caller.string("run").orElseThrow());
            if (ended.ofJob()) {
                assertThat(jobs(sample, ended)).contains(caller.string("job").orElseThrow());
            }
        }
    }

    /** A member that is needed and absent is told by its name; nothing is guessed. */
    @ParameterizedTest
    @MethodSource("ends")
    void refusesAnEndThatLacksAnId(Sample sample) throws Exception {
        var body = new String(sample.body(), UTF_8);
        var withoutIds = body.replace("\"id\"", "\"not_id\"").replace("_id\"", "_ident\"");
        assertThat(outcome(sample, Sample.delivery(withoutIds.getBytes(UTF_8), sample.headers())))
                .isEqualTo("malformed");
        for (var none : List.of("[]", "", "null", "{\"a\":1,\"a\":2}", body + "x")) {
            assertThat(outcome(sample, Sample.delivery(none.getBytes(UTF_8), sample.headers())))
                    .isEqualTo("malformed");
        }
    }

    /** Whoever reads the answer or the audit line learns what is wrong, and nothing of the content. */
    @Test
    void saysWhatIsWrongWithAnEvent() throws Exception {
        var sample = ends().findFirst().orElseThrow();
        var body = new String(sample.body(), UTF_8);
        assertThat(flawOf(sample, body.replace("\"run_id\": 7001", "\"run_id\": 7001.5")))
                .isEqualTo("workflow_job.run_id is neither a whole number nor text");
        assertThat(flawOf(sample, body.replace("\"run_id\": 7001", "\"ran_id\": 7001")))
                .isEqualTo("workflow_job.run_id is missing");
        assertThat(flawOf(sample, body.replace("\"completed_at\": \"", "\"completed_it\": \"")))
                .isEqualTo("workflow_job.completed_at is missing, or is not text");
        assertThat(flawOf(sample, "{\"a\":1,\"a\":2}"))
                .startsWith("the body is not one JSON object: repeated member name at offset ");
        assertThat(flawOf(sample, "[]")).isEqualTo("the body is not one JSON object: not an object at offset 0");
    }

    private static String flawOf(Sample sample, String body) {
        var delivery = Sample.delivery(body.getBytes(UTF_8), sample.headers());
        try {
            return "none: " + sample.system().read(delivery, delivery.json());
        } catch (MalformedEvent malformed) {
            return String.valueOf(malformed.getMessage());
        }
    }

    private static String outcome(Sample sample, Delivery delivery) {
        try {
            return sample.system().read(delivery, delivery.json()) instanceof HookEvent.Other ? "other" : "ended";
        } catch (MalformedEvent malformed) {
            return "malformed";
        }
    }

    @Test
    void hasAnEndOfAJobAndOfARunForEachSystem() throws Exception {
        var kinds = new LinkedHashSet<String>();
        ends().forEach(sample -> kinds.add(sample.profile() + " "
                + sample.entry().object("expect").orElseThrow().has("job")));
        assertThat(kinds).hasSize(8);
    }

    /** GitHub's own example, in "Validating webhook deliveries". */
    @Test
    void acceptsTheSignatureThatGithubsDocumentationShows() {
        var delivery = new Delivery(
                name -> Optional.of("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
                        .filter(value -> name.equals("x-hub-signature-256")),
                "Hello, World!".getBytes(UTF_8));
        var secrets = List.of(HookSecret.of("It's a Secret to Everybody"));
        assertThat(HookSystem.of("github").orElseThrow().flaw(delivery, secrets, Instant.EPOCH))
                .isEmpty();
    }

    /** Should GitHub ever number check runs apart from jobs, the claim follows the check run. */
    @Test
    void endsTheCheckRunOfAJobToo() throws Exception {
        var sample = ends().findFirst().orElseThrow();
        var body = new String(sample.body(), UTF_8).replace("check-runs/90001", "check-runs/90777");
        var delivery = Sample.delivery(body.getBytes(UTF_8), sample.headers());
        assertThat(jobs(sample, (Ended) sample.system().read(delivery, delivery.json())))
                .containsExactly("90001", "90777");
    }

    @Test
    void secretsAndDeliveriesAreSilent() {
        assertThat(HookSecret.of("hush").toString()).doesNotContain("hush");
        assertThat(new Delivery(name -> Optional.of("hush"), "hush".getBytes(UTF_8)).toString())
                .doesNotContain("hush");
    }

    @Test
    void readsNoHooksOfOtherSystems() {
        assertThat(Profiles.names().stream().filter(name -> HookSystem.of(name).isPresent()))
                .containsExactlyInAnyOrder("github", "gitlab", "buildkite", "circleci");
    }

    private static List<String> runs(Sample sample, Ended ended) {
        var profile = Profiles.named(sample.profile()).orElseThrow();
        var runs = new LinkedHashSet<String>();
        ended.claims().forEach(claims -> runs.addAll(profile.runs(claims)));
        return new ArrayList<>(runs);
    }

    private static List<String> jobs(Sample sample, Ended ended) {
        var profile = Profiles.named(sample.profile()).orElseThrow();
        return ended.claims().stream()
                .map(claims -> profile.job(claims).orElseThrow())
                .toList();
    }

    private static List<String> strings(JsonObject object, String member) {
        return object.array(member).orElse(JsonArray.EMPTY).items().stream()
                .map(item -> ((JsonString) item).value())
                .toList();
    }
}
