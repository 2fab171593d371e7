// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.taskbound.cli.ChildJvm;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.overhttp.TestPolicy;
import io.taskbound.local.google.StandInGoogle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/credentials-gcp.md with Google's own library (google-auth of PyPI), a live issuer, and a stand-in of Google's
 * token service.
 */
@Tag("long")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "tools/checks/google is a script of bash")
@ExtendWith(OneIssuer.class)
class GoogleRecipeIT {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final String AUDIENCE = "//iam.googleapis.com/" + TestPolicy.GOOGLE_PROVIDER;
    private static final String SUBJECT = "task:export-report:github:repo:1001/2002";

    @TempDir
    private Path folder;

    private final LiveIssuer issuer;
    private StandInGoogle google;

    GoogleRecipeIT(LiveIssuer issuer) throws IOException {
        this.issuer = issuer;
        this.google = StandInGoogle.start(Clock.systemUTC(), issuer.url(), AUDIENCE, SUBJECT);
    }

    @BeforeEach
    void layOut() throws IOException {
        var installed = Subprocess.run(ROOT, "", List.of("bash", check()));
        if (installed.out().contains("NOT RUN")) {
            abort("NOT RUN: google-auth cannot be installed here (target/google-tools/pip.log)");
        }
        layOutScript();
        script("taskbound", "exec '" + String.join("' '", ChildJvm.forRun()) + "' \"$@\"");
    }

    /** The page's script, with the stand-in's address in the place of Google's. */
    private void layOutScript() throws IOException {
        var page = Files.readString(ROOT.resolve("docs/examples/google/with-google.sh"));
        assertThat(page).containsOnlyOnce("https://sts.googleapis.com/v1/token");
        executable("with-google.sh", page.replace("https://sts.googleapis.com/v1/token", google.tokenUrl()));
    }

    private static String check() {
        return ROOT.resolve("tools/checks/google").toString();
    }

    @AfterEach
    void stop() {
        google.close();
    }

    private void script(String name, String body) throws IOException {
        executable(name, "#!/bin/sh\n" + body + "\n");
    }

    private void executable(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String step(String command) throws Exception {
        return sh("./taskbound run --quiet --task export-report --action export --identifier bucket:acme-reports -- "
                + "./with-google.sh " + TestPolicy.GOOGLE_PROVIDER + " " + command);
    }

    private String sh(String line) throws Exception {
        var builder = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("TASKBOUND_ISSUER", issuer.url());
        builder.environment().put("TASKBOUND_ID_TOKEN", issuer.idToken());
        // Without it the library asks Google which project this is.
        builder.environment().put("GOOGLE_CLOUD_PROJECT", "acme");
        // Nothing leaves this machine, whatever a later version of the library looks up.
        builder.environment().put("HTTPS_PROXY", "http://127.0.0.1:9");
        builder.environment().put("NO_PROXY", "127.0.0.1");
        var process = builder.start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        return Files.readString(folder.resolve("out"));
    }

    @Test
    void googlesLibraryExchangesTheTokenOfTheStep() throws Exception {
        assertThat(step("bash " + check() + " " + google.objectsUrl("acme-reports")))
                .isEqualTo("status 200\n");
    }

    @Test
    void anotherTasksSubjectIsNotBound() throws Exception {
        google.close();
        google = StandInGoogle.start(Clock.systemUTC(), issuer.url(), AUDIENCE, SUBJECT.replace("2002", "2003"));
        layOutScript();
        assertThat(step("bash " + check() + " " + google.objectsUrl("acme-reports")))
                .isEqualTo("status 403\n");
    }

    @Test
    void aTokenForAnotherServerIsRefused() throws Exception {
        var said = sh("./taskbound run --quiet --task deploy --identifier env:production -- ./with-google.sh "
                + TestPolicy.GOOGLE_PROVIDER + " bash " + check() + " " + google.objectsUrl("acme-reports"));
        assertThat(said).startsWith("refused ").contains("audience");
    }

    /** As the page says: Google does not ask, so a copy of the token is good there until it expires. */
    @Test
    void aCopyOfTheTokenIsExchangedAfterTheStepToo() throws Exception {
        script("copies.sh", "cp \"$TASKBOUND_TOKEN_FILE\" copy");
        step("./copies.sh");
        var again = "TASKBOUND_TOKEN_FILE=$PWD/copy ./with-google.sh " + TestPolicy.GOOGLE_PROVIDER;

        assertThat(sh(again + " bash " + check() + " " + google.objectsUrl("acme-reports")))
                .isEqualTo("status 200\n");
    }
}
