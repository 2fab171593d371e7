// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.run.WrappedRun.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to the issuer leads through a tunnel of a proxy, which may want a password or refuse. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are scripts of a POSIX shell")
class RunProxyIT {
    private static final IntFunction<Optional<String>> NEVER = nth -> Optional.empty();

    @TempDir
    private Path folder;

    private TlsIssuer issuer;

    @BeforeEach
    void start() throws Exception {
        issuer = new TlsIssuer(folder);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aProxyWithAPasswordLeadsToTheIssuerWhichDoesNotLearnIt() throws Exception {
        try (var proxy = new TunnelProxy(issuer.port(), Optional.of("us@er:pass word%"), NEVER);
                var run = through(proxy, "us%40er:pass%20word%25@").sh("exit 7")) {
            assertThat(run.await()).as(run.err()).isEqualTo(7);
            assertThat(run.err()).contains("closed by step end").doesNotContain("pass");
            assertThat(issuer.calls()).containsExactly("/token", "/revoke");
            assertThat(issuer.proxyHeaders()).isEmpty();
            assertThat(proxy.asked()).containsOnly("CONNECT tokens.acme.example:443 HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user:wrong@", "user@"})
    void aProxyThatWantsAnotherPasswordIsAskedOnceAndNothingIsClosed(String login) throws Exception {
        try (var proxy = new TunnelProxy(issuer.port(), Optional.of("user:right"), NEVER);
                var run = through(proxy, login).sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("after 1 try: the proxy wants a user and password, or other ones")
                    .contains("write them into HTTPS_PROXY, like http://USER:PASSWORD@")
                    .contains("the command was not run")
                    .doesNotContain("wrong", "may have been granted", "internal error");
            assertThat(proxy.asked()).hasSize(1);
            assertThat(issuer.calls()).isEmpty();
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"403 Forbidden", "502 Bad Gateway", "503 Busy", "504 Timeout", "302 Found"})
    void aProxyThatRefusesFourTimesAndThenNoMoreHasCostNoTokenOfTheJob(String status) throws Exception {
        try (var proxy = new TunnelProxy(
                        issuer.port(), Optional.empty(), nth -> nth <= 4 ? Optional.of(status) : Optional.empty());
                var run = through(proxy, "").sh("touch ran")) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.err())
                    .contains("after 4 tries: no connection to tokens.acme.example")
                    .doesNotContain("may have been granted");
            assertThat(issuer.calls()).isEmpty();
        }
    }

    @Test
    void aProxyThatRefusesOnceIsAskedAgain() throws Exception {
        try (var proxy = new TunnelProxy(
                        issuer.port(), Optional.empty(), nth -> nth == 1 ? Optional.of("502 x") : Optional.empty());
                var run = through(proxy, "").sh("exit 7")) {
            assertThat(run.await()).isEqualTo(7);
            assertThat(issuer.calls()).containsExactly("/token", "/revoke");
        }
    }

    @Test
    void aSignalWhileTheProxyHangsClosesNothingSinceNothingWasSent() throws Exception {
        var asked = folder.resolve("asked");
        try (var proxy = new TunnelProxy(issuer.port(), Optional.empty(), nth -> hang(asked));
                var run = through(proxy, "").sh("touch ran")) {
            run.awaitFile("asked");
            run.signal("TERM");
            assertThat(run.await()).isEqualTo(143);
            assertThat(run.err())
                    .contains("stopped before the issuer answered")
                    .doesNotContain("may have been granted");
            assertThat(proxy.asked()).hasSize(1);
            assertThat(issuer.calls()).isEmpty();
        }
    }

    private static Optional<String> hang(Path asked) {
        try {
            Files.writeString(asked, "x\n");
            Thread.sleep(60_000);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Optional.of("503 x");
    }

    private Setting through(TunnelProxy proxy, String login) {
        return new Setting(
                TlsIssuer.URL,
                folder,
                Map.of(
                        "TASKBOUND_ID_TOKEN", UnsignedJwt.forAudience(TlsIssuer.URL),
                        "HTTPS_PROXY", "http://" + login + "127.0.0.1:" + proxy.port(),
                        "JAVA_TOOL_OPTIONS", issuer.trusting()),
                List.of("--task", "deploy", "--identifier", "env:production"));
    }
}
