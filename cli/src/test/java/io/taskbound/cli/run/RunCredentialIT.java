// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static io.taskbound.cli.run.DeliveringIssuer.aws;
import static io.taskbound.cli.run.DeliveringIssuer.github;
import static io.taskbound.cli.run.DeliveringIssuer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.run.DeliveringIssuer.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A credential in a real command's hands: there while it runs, its token's end with it, and nowhere else. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are scripts of a POSIX shell")
class RunCredentialIT {
    private static final String WAIT = "; echo x > ready; while [ ! -e go ]; do sleep 0.1; done";
    private static final String PLACE =
            "printf '%s\\n' \"$AWS_CONTAINER_CREDENTIALS_FULL_URI\" \"$AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE\""
                    + " > place.tmp; mv place.tmp place";

    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        over.countDown();
    }

    @Test
    void theCommandGetsTheCredentialAndNotTheTaskToken() throws Exception {
        try (var issuer = DeliveringIssuer.start(
                        "github-app", (call, nth) -> json(call, 200, github("https://github.com")));
                var run = issuer.setting(folder)
                        .having("GITHUB_TOKEN", "job")
                        .sh("env > env.txt; ls \"${TMPDIR:-/tmp}\" > /dev/null; test \"$GH_TOKEN\" = "
                                + DeliveringIssuer.GITHUB_TOKEN)) {
            assertThat(run.await()).as(run.err()).isZero();
            assertThat(Files.readString(folder.resolve("env.txt")))
                    .contains("TASKBOUND_HANDLE=R.P", "GIT_TERMINAL_PROMPT=0")
                    .doesNotContain("TASKBOUND_TOKEN", "TASKBOUND_HEADER_FILE", "GITHUB_TOKEN=", issuer.token());
            assertThat(run.err())
                    .contains("taskbound: delivered a token of https://github.com for acme/shop with contents:write")
                    .contains("taskbound: closed by step end")
                    .doesNotContain(DeliveringIssuer.GITHUB_TOKEN);
            assertThat(issuer.callsButHeartbeats()).containsExactly("/token", "/credential", "/revoke");
        }
    }

    @Test
    void aCredentialIsNotInjectedAndTheTokenIsClosed() throws Exception {
        try (var issuer = DeliveringIssuer.start("aws-role", (call, nth) -> json(call, 200, aws(nth)));
                var run = issuer.setting(folder)
                        .with("--inject", "http://127.0.0.1:9")
                        .sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("this task delivers a credential (aws-role), and inject only adds a task token")
                    .contains("leave out inject: the command then gets the credential");
            assertThat(folder.resolve("ran")).doesNotExist();
            assertThat(issuer.callsButHeartbeats()).containsExactly("/token", "/revoke");
        }
    }

    @Test
    void vaultAndBaoFindTheirs() throws Exception {
        try (var issuer =
                        DeliveringIssuer.start("openbao", (call, nth) -> json(call, 200, DeliveringIssuer.openbao()));
                var run = issuer.setting(folder)
                        .with("--quiet")
                        .having("VAULT_NAMESPACE", "of another")
                        .sh(
                                "echo $VAULT_ADDR $BAO_ADDR ${VAULT_NAMESPACE-none}; test \"$VAULT_TOKEN\" = \"$BAO_TOKEN\"")) {
            assertThat(run.await()).isZero();
            assertThat(run.out()).isEqualTo("https://vault.acme.example https://vault.acme.example none\n");
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void awsCredentialsAreServedAndFetchedAgainAtEachHeartbeatUntilTheEnd() throws Exception {
        try (var issuer = DeliveringIssuer.start("aws-role", (call, nth) -> json(call, 200, aws(nth)));
                var run = issuer.setting(folder)
                        .having("AWS_ACCESS_KEY_ID", "of the runner")
                        .having("AWS_PROFILE", "of the runner")
                        .sh("env > env.txt; " + PLACE + WAIT)) {
            run.awaitFile("ready");
            var place = place();
            assertThat(answer(place)).contains("number-1-of-the-secret-keys", "2026-11-23T10:00:01Z");
            assertThat(Files.getPosixFilePermissions(place.file())).hasSize(2);
            awaitAnswer(place, "number-3-of-the-secret-keys");
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).as(run.err()).isZero();
            assertThat(place.file().getParent()).doesNotExist();
            assertThat(answer(place)).isEqualTo("closed");
            assertThat(run.err()).doesNotContain("of-the-secret-keys", "of-the-session-tokens");
            assertThat(Files.readString(folder.resolve("env.txt")))
                    .contains("AWS_REGION=eu-central-1", "AWS_EC2_METADATA_DISABLED=true")
                    .doesNotContain("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "of-the-secret-keys", "TASKBOUND_TOKEN");
        }
    }

    @Test
    void noFileOfOursHoldsASecretOfAws() throws Exception {
        try (var issuer = DeliveringIssuer.start("aws-role", (call, nth) -> json(call, 200, aws(nth)));
                var run = issuer.setting(folder)
                        .with("--receipt", "receipt.json")
                        .having(
                                "RUNNER_TEMP",
                                Files.createDirectories(folder.resolve("temp")).toString())
                        .sh(PLACE + WAIT)) {
            run.awaitFile("ready");
            awaitAnswer(place(), "number-2-of-the-secret-keys");
            try (var files = Files.walk(folder)) {
                var texts = files.filter(Files::isRegularFile)
                        .map(RunCredentialIT::text)
                        .toList();
                assertThat(texts).hasSizeGreaterThan(3).noneMatch(text -> text.contains("number-"));
            }
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void aSignalEndsTheEndpointAtOnceThoughTheCommandGoesOn() throws Exception {
        try (var issuer = DeliveringIssuer.start("aws-role", (call, nth) -> json(call, 200, aws(nth)));
                var run = issuer.setting(folder).sh("trap '' TERM; " + PLACE + WAIT)) {
            run.awaitFile("ready");
            var place = place();
            var secret = Files.readString(place.file());
            assertThat(answer(place.uri(), secret)).contains("number-");
            run.signal("TERM");
            for (int tries = 0; tries < 100 && answer(place.uri(), secret).contains("number-"); tries++) {
                Thread.sleep(50);
            }
            assertThat(answer(place.uri(), secret)).doesNotContain("number-");
            assertThat(run.isAlive()).isTrue();
            Files.writeString(folder.resolve("go"), "");
            run.await();
            assertThat(run.err()).contains("closed by cancel");
        }
    }

    @Test
    void aFetchThatFailsIsToldOnceAndTheOldOnesAreServedOn() throws Exception {
        Delivery once = (call, nth) -> json(call, nth == 1 ? 200 : 400, nth == 1 ? aws(1) : refusal("invalid_target"));
        try (var issuer = DeliveringIssuer.start("aws-role", once);
                var run = issuer.setting(folder).sh(PLACE + WAIT)) {
            run.awaitFile("ready");
            run.awaitError("could not be fetched again (invalid_target)");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (issuer.calls().stream().filter("/credential"::equals).count() < 4 && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
            assertThat(answer(place())).contains("number-1-of-the-secret-keys");
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
            assertThat(run.err()).containsOnlyOnce("could not be fetched again");
        }
    }

    @Test
    void aFetchThatHangsHoldsUpNoHeartbeatAndNoRequest() throws Exception {
        Delivery once = (call, nth) -> {
            if (nth == 1) {
                json(call, 200, aws(1));
            } else {
                hang();
            }
        };
        try (var issuer = DeliveringIssuer.start("aws-role", once);
                var run = issuer.setting(folder).sh(PLACE + WAIT)) {
            run.awaitFile("ready");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (issuer.calls().stream().filter("/renew"::equals).count() < 4 && System.nanoTime() < deadline) {
                assertThat(answer(place())).contains("number-1-of-the-secret-keys");
                Thread.sleep(50);
            }
            assertThat(issuer.calls().stream().filter("/renew"::equals)).hasSizeGreaterThanOrEqualTo(4);
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
        }
    }

    @Test
    void aRefusalIsToldInItsOwnWordsAndNothingRuns() throws Exception {
        try (var issuer = DeliveringIssuer.start(
                        "github-app", (call, nth) -> json(call, 400, refusal("invalid_target")));
                var run = issuer.setting(folder).sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("taskbound: no credential was delivered: invalid_target: The app is not installed there.")
                    .contains("taskbound: request id: 01JD5Z")
                    .contains("taskbound: the command was not run")
                    .contains("taskbound: closed by step end");
            assertThat(folder.resolve("ran")).doesNotExist();
            assertThat(issuer.callsButHeartbeats()).containsExactly("/token", "/credential", "/revoke");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghs_0123456789\\n::add-mask::x", "ghs_\\u0007", ""})
    void aTokenThatIsNoneIsNotHandedOut(String token) throws Exception {
        var body = github("https://github.com").replace(DeliveringIssuer.GITHUB_TOKEN, token);
        try (var issuer = DeliveringIssuer.start("github-app", (call, nth) -> json(call, 200, body));
                var run = issuer.setting(folder).sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("with a credential that cannot be used: credential.token holds a character")
                    .doesNotContain("ghs_");
            assertThat(folder.resolve("ran")).doesNotExist();
            assertThat(issuer.callsButHeartbeats()).endsWith("/revoke");
        }
    }

    @Test
    void aKindOfALaterVersionIsNotAskedFor() throws Exception {
        try (var issuer = DeliveringIssuer.start("azure-role", (call, nth) -> json(call, 200, "{}"));
                var run = issuer.setting(folder).sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err()).contains("this version does not know credentials of the kind azure-role");
            assertThat(issuer.callsButHeartbeats()).containsExactly("/token", "/revoke");
        }
    }

    @Test
    void aSignalWhileItIsAskedForClosesTheTokenAndRunsNothing() throws Exception {
        var asked = folder.resolve("asked");
        Delivery never = (call, nth) -> {
            Files.writeString(asked, "x\n");
            hang();
        };
        try (var issuer = DeliveringIssuer.start("github-app", never);
                var run = issuer.setting(folder).sh("touch ran")) {
            run.awaitFile("asked");
            run.signal("TERM");
            assertThat(run.await()).isEqualTo(143);
            assertThat(run.err()).contains("closed by cancel");
            assertThat(folder.resolve("ran")).doesNotExist();
            assertThat(issuer.calls()).contains("/revoke");
        }
    }

    @Test
    void onGithubEveryMaskIsToldBeforeItsValueCanBeSeen() throws Exception {
        try (var issuer = DeliveringIssuer.start("aws-role", (call, nth) -> json(call, 200, aws(nth)));
                var run =
                        issuer.setting(folder).having("GITHUB_ACTIONS", "true").sh("printf open; " + PLACE + WAIT)) {
            run.awaitFile("ready");
            awaitAnswer(place(), "number-2-of-the-secret-keys");
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
            for (var secret : new String[] {
                "number-%d-of-the-secret-keys/0123456789", "number-%d-of-the-session-tokens//0123456789"
            }) {
                assertThat(run.err().lines())
                        .contains("::add-mask::" + secret.formatted(1), "::add-mask::" + secret.formatted(2));
            }
            assertThat(run.err().lines().filter(line -> !line.startsWith("::add-mask::")))
                    .noneMatch(line -> line.contains("of-the-secret-keys"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bump-version, github-app, GH_TOKEN",
        "migrate-dataset, aws-role, AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "read-signing-key, openbao, BAO_TOKEN",
    })
    void theLinesOfTheDocumentGiveTheirProgramItsCredential(String task, String kind, String variable)
            throws Exception {
        var line = Pattern.compile("(?m)^taskbound run --task " + task + " .* -- (.*)$")
                .matcher(Files.readString(ROOT.resolve("docs/run.md")));
        assertThat(line.find()).isTrue();
        var program = line.group(1).split(" ")[0];
        var answer = kind.equals("openbao")
                ? DeliveringIssuer.openbao()
                : kind.equals("aws-role") ? aws(1) : github("https://github.com");
        var folderOfPrograms = Files.createDirectories(folder.resolve("bin"));
        var stand = Files.writeString(
                folderOfPrograms.resolve(program),
                "#!/bin/sh\necho \"$0 $*\" | sed 's,.*/bin/,,'; test -n \"$" + variable + "\"\n");
        assertThat(stand.toFile().setExecutable(true)).isTrue();
        try (var issuer = DeliveringIssuer.start(kind, (call, nth) -> json(call, 200, answer));
                var run = issuer.setting(folder)
                        .having("PATH", folderOfPrograms + ":" + System.getenv("PATH"))
                        .sh(line.group(1))) {
            assertThat(run.await()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo(line.group(1) + "\n");
        }
    }

    private void hang() {
        try {
            var unused = over.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String refusal(String code) {
        return "{\"error\":\"" + code
                + "\",\"error_description\":\"The app is not installed there.\",\"request_id\":\"01JD5Z\"}";
    }

    private record Place(URI uri, Path file) {}

    private Place place() throws IOException {
        var lines = Files.readAllLines(folder.resolve("place"));
        return new Place(URI.create(lines.get(0)), Path.of(lines.get(1)));
    }

    private String answer(Place place) throws Exception {
        return answer(place.uri(), Files.exists(place.file()) ? Files.readString(place.file()) : "gone");
    }

    private String answer(URI uri, String secret) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(uri).header("Authorization", secret).build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException noPort) {
            return "closed";
        }
    }

    private void awaitAnswer(Place place, String wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!answer(place).contains(wanted)) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
