// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A sound issuer passes infra/probe; for each check there is a sabotaged one that this check finds. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the probe is a script of a POSIX shell")
class ProbeIT {
    private static TwistedIssuer issuer;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        issuer = new TwistedIssuer(Loopback.http(), "http");
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @BeforeEach
    void sound() throws IOException {
        issuer.twistBy(Twist.NONE);
        Files.writeString(folder.resolve("id-token"), issuer.idToken(issuer.url()) + "\n");
        Files.writeString(folder.resolve("other-id-token"), issuer.idToken("https://elsewhere.example"));
        Files.writeString(folder.resolve("secret"), TwistedIssuer.SECRET + "\n");
    }

    /** Everything that can be given, for the task whose server introspects. */
    private List<String> options(String... more) {
        var options =
                new ArrayList<>(List.of("--issuer", issuer.url(), "--wait", "0", "--id-token-file", file("id-token")));
        if (!List.of(more).contains("--task")) {
            options.addAll(List.of("--task", "probe", "--identifier", "probe:issuer"));
            options.addAll(List.of("--server", "probe", "--secret-file", file("secret")));
            options.addAll(List.of("--other-id-token-file", file("other-id-token")));
        }
        options.addAll(List.of(more));
        return options;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private ProbeRun probe(String... more) throws Exception {
        return ProbeRun.of(folder, Map.of(), options(more));
    }

    @Test
    void aSoundIssuerPassesEveryCheck() throws Exception {
        var run = probe();
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.said("FAIL")).isEmpty();
        assertThat(run.said("NOT RUN")).containsExactly("tls");
        assertThat(run.output()).endsWith("\n" + run.said("PASS").size() + " passed, 0 failed, 1 not run\n");
    }

    @Test
    void aServerThatRedeemsIsAskedToRedeem() throws Exception {
        var run = probe(
                "--task",
                "sign",
                "--identifier",
                "artifact:app",
                "--server",
                "signer",
                "--secret-file",
                file("secret"),
                "--redeem");
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.said("PASS")).contains("alive", "dead");
    }

    @Test
    void aTokenForAServerThatChecksOfflineHasNoLeaseToRenew() throws Exception {
        var run = probe("--task", "read", "--identifier", "archive:2026");
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.said("NOT RUN"))
                .containsExactly("tls", "wrong-audience", "stolen-renew", "renew", "alive", "closed-renew", "dead");
        assertThat(run.said("PASS")).contains("mint", "close", "closed-mint");
    }

    /** What not every policy has: a hook, and a resource server that reads status lists. */
    private ProbeRun probeOfHookAndStatusList() throws Exception {
        return probe("--hook", "acme", "--task", "open", "--identifier", "route:main");
    }

    @Test
    void aHookAndAStatusListAreCheckedWhereThePolicyHasThem() throws Exception {
        var run = probeOfHookAndStatusList();
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.said("PASS")).contains("unsigned-event", "forged-event", "status-list", "renew");
        assertThat(run.said("NOT RUN")).containsExactly("tls", "wrong-audience", "alive", "dead");
    }

    @Test
    void aHookThatNeedsNoSignatureAndAListThatIsGoneAreFoundOut() throws Exception {
        var event = new Nth("/hooks/acme", 1, Reply.json(200, "{\"result\":\"ignored\"}"));
        issuer.twistBy((asked, real) -> asked.path().startsWith("/status/")
                ? Reply.refusal(404, "invalid_request")
                : event.answer(asked, real));
        var run = probeOfHookAndStatusList();
        assertThat(run.said("FAIL")).as(run.output()).containsExactly("unsigned-event", "status-list");
    }

    @Test
    void aHookThatTakesAnySignatureAndAListOfAnotherKeyAreFoundOut() throws Exception {
        var event = new Nth("/hooks/acme", 2, Reply.json(200, "{\"result\":\"closed\"}"));
        var header = "{\"typ\":\"statuslist+jwt\",\"alg\":\"ES256\",\"kid\":\"another\"}";
        var list = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        issuer.twistBy((asked, real) -> asked.path().startsWith("/status/")
                ? real.get().withBody(list + ".e30.made-up")
                : event.answer(asked, real));
        var run = probeOfHookAndStatusList();
        assertThat(run.said("FAIL")).as(run.output()).containsExactly("forged-event", "status-list");
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void aSabotagedIssuerIsFoundOut(Sabotage sabotage) throws Exception {
        issuer.twistBy(sabotage.twist());
        var run = probe();
        assertThat(run.said("FAIL")).as(run.output()).containsExactlyElementsOf(sabotage.failing());
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void everyCheckCanFail() throws Exception {
        var sabotaged = new HashSet<String>();
        Stream.of(Sabotage.values()).forEach(sabotage -> sabotaged.addAll(sabotage.failing()));
        // Those of TLS have tests of their own.
        sabotaged.add("tls");
        assertThat(sabotaged).containsAll(probe().words().keySet());
    }

    static Stream<Twist> stubs() {
        return Stream.of(
                (asked, real) -> Reply.json(200, "{}"),
                (asked, real) -> Reply.json(200, "{\"active\":false,\"status\":\"ok\"}"),
                (asked, real) -> Reply.refusal(400, "invalid_request"),
                (asked, real) -> Reply.refusal(503, "temporarily_unavailable"),
                (asked, real) -> Reply.html(200),
                (asked, real) -> Reply.html(403),
                (asked, real) -> new Reply(204, Map.of(), ""),
                (asked, real) -> Reply.html(302).withHeader("Location", issuer.url() + "/healthz"),
                (asked, real) -> Reply.html(307).withHeader("Location", issuer.url() + asked.path()));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("stubs")
    void whatIsNoIssuerDoesNotPassForOne(Twist stub) throws Exception {
        issuer.twistBy(stub);
        var run = probe();
        assertThat(run.exit()).as(run.output()).isEqualTo(1);
        assertThat(run.said("FAIL")).contains("keys", "metadata", "no-credentials", "dry-run", "unknown-task", "mint");
        assertThat(run.said("PASS")).doesNotContain("mint", "replay", "dead");
    }

    @Test
    void anAnswerThatIsTooLongIsNone() throws Exception {
        issuer.twistBy((asked, real) -> Reply.json(200, "{\"status\":\"" + "a".repeat(1 << 20) + "\"}"));
        var run = probe();
        assertThat(run.exit()).as(run.output()).isEqualTo(1);
        assertThat(run.said("PASS")).doesNotContain("health");
    }

    @Test
    void anIssuerThatHangsIsGivenUpInTime() throws Exception {
        var gone = new CountDownLatch(1);
        var answered = new AtomicInteger();
        issuer.twistBy((asked, real) -> {
            var reply = hang(gone);
            answered.incrementAndGet();
            return reply;
        });
        var run = probe("--deadline", "2");
        // The issuer still hangs: the probe gave up by itself.
        assertThat(gone.getCount()).isEqualTo(1);
        assertThat(answered).hasValue(0);
        gone.countDown();
        assertThat(run.exit()).as(run.output()).isEqualTo(1);
        assertThat(run.said("FAIL")).containsExactly("health");
    }

    /** Its time is over before the close; that has a time of its own. */
    @Test
    void whatWasMintedIsClosedAlthoughTheRestHangs() throws Exception {
        var gone = new CountDownLatch(1);
        var later = Files.writeString(folder.resolve("later"), "0\n");
        issuer.twistBy((asked, real) -> {
            if (asked.path().equals("/renew")) {
                return hang(gone);
            }
            var reply = real.get();
            if (asked.path().equals("/token")
                    && reply.status() == 200
                    && reply.body().contains("access_token")) {
                put(later, "990\n");
            }
            return reply;
        });
        var options = options("--deadline", "1000");
        var run = ProbeRun.of(folder, Map.of("PATH", aClockThatIsLaterBy(later)), options);
        gone.countDown();
        assertThat(run.said("PASS")).as(run.output()).contains("mint");
        assertThat(run.said("FAIL")).contains("renew", "close").doesNotContain("close-at-the-end");
        assertThat(closings()).isEqualTo(1);
    }

    /**
     * A {@code date} before the machine's own, so that however slow the machine is, the time is up when a test wants
     * it.
     */
    private String aClockThatIsLaterBy(Path seconds) throws IOException {
        var bin = Files.createDirectories(folder.resolve("bin"));
        var date = Files.writeString(
                bin.resolve("date"),
                "#!/bin/sh\nread -r later <'" + seconds + "'\necho $(($(PATH=${PATH#*:} date \"$@\") + later))\n");
        assertThat(date.toFile().setExecutable(true)).isTrue();
        return bin + ":" + System.getenv("PATH");
    }

    private static void put(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply hang(CountDownLatch end) {
        try {
            // Longer than any run of the probe may take, in case that the test ends before.
            var unused = end.await(270, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Reply.json(200, "{}");
    }

    private static long closings() {
        return issuer.audit().stream()
                .filter(line -> line.contains("\"event\":\"close\"") && line.contains("\"result\":\"closed\""))
                .count();
    }

    @Test
    void whoStopsItLeavesNeitherATokenNorAFile() throws Exception {
        var gone = new CountDownLatch(1);
        var renewing = new CountDownLatch(1);
        issuer.twistBy((asked, real) -> {
            if (asked.path().equals("/renew")) {
                renewing.countDown();
                return hang(gone);
            }
            return real.get();
        });
        var process = ProbeRun.start(folder, Map.of(), options());
        assertThat(renewing.await(120, TimeUnit.SECONDS)).isTrue();
        process.destroy();
        var run = ProbeRun.ended(process, folder);
        gone.countDown();
        assertThat(run.exit()).as(run.output()).isEqualTo(143);
        assertThat(closings()).isEqualTo(1);
        assertThat(left()).isEmpty();
    }

    @Test
    void itLeavesNoFile() throws Exception {
        probe();
        assertThat(left()).isEmpty();
    }

    private List<Path> left() throws IOException {
        try (var files = Files.list(folder.resolve("tmp"))) {
            return files.toList();
        }
    }

    @Test
    void nobodyListensThere() throws Exception {
        var run = ProbeRun.of(
                folder,
                Map.of(),
                List.of(
                        "--issuer",
                        "http://127.0.0.1:1",
                        "--wait",
                        "0",
                        "--task",
                        "probe",
                        "--identifier",
                        "probe:issuer"));
        assertThat(run.exit()).as(run.output()).isEqualTo(1);
        assertThat(run.said("FAIL")).containsExactly("health");
        assertThat(run.output()).contains("the rest was not tried");
    }

    @Test
    void itWaitsForAnIssuerThatStarts() throws Exception {
        var asked = new AtomicInteger();
        issuer.twistBy((request, real) -> request.path().equals("/healthz") && asked.incrementAndGet() == 1
                ? Reply.refusal(503, "temporarily_unavailable")
                : real.get());
        var run = probe("--wait", "60");
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void withoutAnIdTokenNoGrantIsClaimed() throws Exception {
        var run = ProbeRun.of(
                folder,
                Map.of(),
                List.of("--issuer", issuer.url(), "--wait", "0", "--task", "probe", "--identifier", "probe:issuer"));
        assertThat(run.exit()).as(run.output()).isEqualTo(3);
        assertThat(run.said("FAIL")).isEmpty();
        assertThat(run.said("NOT RUN")).contains("mint", "replay", "alg-none");
        assertThat(run.said("PASS")).contains("keys", "get-token", "wrong-credentials");
    }

    @Test
    void whatIsNoIdTokenIsAFailure() throws Exception {
        Files.writeString(folder.resolve("id-token"), "<html>");
        var run = probe();
        assertThat(run.exit()).as(run.output()).isEqualTo(1);
        assertThat(run.said("FAIL")).containsExactly("id-token");
    }

    @Test
    void aRunnerThatGivesNoIdTokenIsAFailure() throws Exception {
        var environment =
                Map.of("ACTIONS_ID_TOKEN_REQUEST_URL", issuer.runnerUrl(), "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "another");
        var run = ProbeRun.of(
                folder,
                environment,
                List.of("--issuer", issuer.url(), "--task", "probe", "--identifier", "probe:issuer"));
        assertThat(run.exit()).as(run.output()).isEqualTo(1);
        assertThat(run.said("FAIL")).containsExactly("id-token");
        assertThat(run.output()).contains("id-token: write");
    }

    /** Each with the awk that often goes with it, as far as this machine has them. */
    static Stream<List<String>> shells() {
        return Stream.of(
                        List.of("dash", "mawk"),
                        List.of("bash", "gawk"),
                        List.of("bash", "original-awk"),
                        List.of("busybox", "busybox"),
                        List.of("sh", "awk"))
                .filter(both -> both.stream().allMatch(program -> place(program).isPresent()));
    }

    private static Optional<Path> place(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void runsInEveryShell(List<String> both) throws Exception {
        var bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("awk"), place(both.get(1)).orElseThrow());
        var command = new ArrayList<>(List.of(place(both.get(0)).orElseThrow().toString()));
        if (both.get(0).equals("busybox")) {
            command.add("sh");
        }
        command.add(ProbeRun.ROOT.resolve("infra/probe/run").toString());
        command.addAll(options());
        var environment = Map.of("PATH", bin + ":" + System.getenv("PATH"));
        var run = ProbeRun.ended(ProbeRun.start(folder, environment, command.toArray(String[]::new)), folder);
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.said("NOT RUN")).containsExactly("tls");
    }

    @Test
    void withAllWhatIsNotRunIsAFailure() throws Exception {
        assertThat(probe("--all").exit()).isEqualTo(1);
    }

    @Test
    void jsonIsOneObjectALine() throws Exception {
        issuer.twistBy((asked, real) -> asked.value("dry_run").equals("true")
                ? Reply.json(400, "{\"error\":\"a\\\"\\\\b\\u001b\",\"request_id\":\"\u00e9\t\"}")
                : real.get());
        var run = probe("--json");
        assertThat(run.exit()).isEqualTo(1);
        var lines = run.output().lines().toList();
        var results = new HashSet<String>();
        for (var line : lines.subList(0, lines.size() - 1)) {
            var object = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
            assertThat(object.string("check")).isPresent();
            assertThat(object.string("why")).isPresent();
            results.add(object.string("result").orElseThrow());
        }
        assertThat(results).isEqualTo(Set.of("pass", "fail", "not_run"));
        var last = StrictJson.parseObject(lines.get(lines.size() - 1).getBytes(StandardCharsets.UTF_8));
        assertThat(last.wholeNumber("failed")).hasValue(1);
        assertThat(last.wholeNumber("exit")).hasValue(1);
    }

    /** Of every program that it starts, the arguments: on a command line, they would be public on the machine. */
    @Test
    void noSecretIsOnACommandLine() throws Exception {
        var seen = folder.resolve("seen");
        var bin = Files.createDirectories(folder.resolve("bin"));
        for (var program : List.of("curl", "awk", "cat", "od", "mv", "rm", "mktemp", "date", "sleep", "dirname")) {
            var script = Files.writeString(
                    bin.resolve(program),
                    "#!/bin/sh\nprintf '%s\\n' \"$@\" >>'" + seen + "'\nPATH=${PATH#*:} exec " + program + " \"$@\"\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
        var environment = Map.of(
                "PATH",
                bin + ":" + System.getenv("PATH"),
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                issuer.runnerUrl(),
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                TwistedIssuer.RUNNER_BEARER,
                "TASKBOUND_SERVER_SECRET",
                TwistedIssuer.SECRET);
        var run = ProbeRun.of(
                folder,
                environment,
                List.of(
                        "--issuer",
                        issuer.url(),
                        "--task",
                        "probe",
                        "--identifier",
                        "probe:issuer",
                        "--server",
                        "probe"));
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.said("NOT RUN")).containsExactly("tls");
        assertThat(Files.readString(seen))
                .contains("--data-urlencode", "subject_token@")
                .doesNotContain(
                        "eyJhbGciOiJSUzI1NiI",
                        "eyJhbGciOiJFUzI1NiI",
                        TwistedIssuer.SECRET,
                        TwistedIssuer.RUNNER_BEARER);
        assertThat(run.output()).doesNotContain("eyJ", TwistedIssuer.SECRET);
    }

    @Test
    void anIdTokenOfTheEnvironmentIsTaken() throws Exception {
        var environment = Map.of(
                "TASKBOUND_ISSUER", issuer.url(),
                "TASKBOUND_ID_TOKEN", issuer.idToken(issuer.url()),
                "TASKBOUND_OTHER_ID_TOKEN", issuer.idToken("https://elsewhere.example"));
        var run = ProbeRun.of(folder, environment, List.of("--task", "probe", "--identifier", "probe:issuer"));
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.said("PASS")).contains("wrong-audience", "mint", "closed-renew");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsAFailure() throws Exception {
        try (var safe = new TwistedIssuer(Loopback.https(folder), "https")) {
            var options =
                    List.of("--issuer", safe.url(), "--wait", "0", "--task", "probe", "--identifier", "probe:issuer");
            var distrusted = ProbeRun.of(folder, Map.of(), options);
            assertThat(distrusted.said("FAIL")).as(distrusted.output()).containsExactly("tls", "health");
            var environment = Map.of(
                    "CURL_CA_BUNDLE", Loopback.certificate(folder).toString(),
                    "TASKBOUND_ID_TOKEN", safe.idToken(safe.url()));
            var trusted = ProbeRun.of(folder, environment, options);
            assertThat(trusted.exit()).as(trusted.output()).isZero();
            assertThat(trusted.said("PASS")).contains("tls", "mint");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --issuer http://tokens.acme.example --task t --identifier i | must be https
            --issuer https://tokens.acme.example --identifier i | --task is missing
            --issuer https://tokens.acme.example --task t | --identifier is missing
            --task t --identifier i | --issuer is missing
            --issuer https://tokens.acme.example --task t" --identifier i | has a character
            --issuer https://tokens.acme.example --task t --identifier i --id-token-file absent | cannot be read
            --issuer https://tokens.acme.example --task t --identifier i --server s | --server needs --secret-file
            --issuer https://tokens.acme.example --task t --identifier i --redeem | --redeem is about the server
            --issuer https://tokens.acme.example --task t --identifier i --deadline 1m | whole seconds
            --issuer https://tokens.acme.example --task t --identifier | needs a value
            --issuer https://tokens.acme.example --id-token made-up | unknown option
            """)
    void aWrongCallIsToldAndAsksNobody(String options, String told) throws Exception {
        var run = ProbeRun.of(folder, Map.of(), List.of(options.split(" ")));
        assertThat(run.exit()).as(run.output()).isEqualTo(2);
        assertThat(run.output()).contains(told, "See infra/probe/run --help.");
    }

    @Test
    void helpNamesEveryOption() throws Exception {
        var run = ProbeRun.of(folder, Map.of(), List.of("--help"));
        assertThat(run.exit()).isZero();
        assertThat(run.output()).contains("--issuer", "--id-token-file", "--redeem", "--deadline", "Exit codes:");
    }
}
