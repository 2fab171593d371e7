// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.taskbound.local.github.StandInApp;
import io.taskbound.local.github.StandInGithub;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real git, unchanged, against a GitHub whose repositories are private: it works in the step and nowhere else. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are scripts of a POSIX shell")
class RunGitIT {
    private static final String IDENTITY = "-c user.name=Step -c user.email=step@acme.example";

    @TempDir
    private Path folder;

    private StandInGithub github;
    private StandInApp app;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(hasGit(), "NOT RUN: needs git");
        github = StandInGithub.start(Clock.systemUTC());
        github.organization("acme", 1001);
        github.repository("acme", "shop", 2002);
        github.repository("acme", "vault", 2003);
        app = github.app("acme", Map.of("contents", "write"));
        github.install(app, "acme");
    }

    @AfterEach
    void stop() {
        if (github != null) {
            github.close();
        }
    }

    @Test
    void clonesAndPushesInTheStepAndIsRefusedAfterIt() throws Exception {
        try (var issuer = issuer();
                var run = withAHomeOfItsOwn(issuer)
                        .sh("set -e; git clone -q " + url("shop") + " in; cd in; echo new > made; git add made; git "
                                + IDENTITY + " commit -q -m made; git push -q " + url("shop") + " HEAD:main;"
                                + " env > ../env.txt")) {
            assertThat(run.await()).as(run.err()).isZero();
            assertThat(github.aliveTokens()).isEmpty();
        }
        assertThat(github.file("acme", "shop", "made")).contains("new\n");
        var later = afterwards(List.of("git", "clone", "-q", url("shop"), "late"));
        assertThat(later).isNotZero();
        assertThat(folder.resolve("late")).doesNotExist();
        var config = Files.readString(folder.resolve("in/.git/config"));
        assertThat(config).doesNotContain("helper", "ghs_");
    }

    /** Whose command lines other users of a machine may read. */
    @Test
    void noProgramThatGitStartsHasTheTokenOnItsCommandLine() throws Exception {
        try (var issuer = issuer();
                var run = withAHomeOfItsOwn(issuer)
                        .having("GIT_TRACE", "1")
                        .sh("printf %s \"$GH_TOKEN\" > token; git ls-remote -q " + url("shop"))) {
            assertThat(run.await()).as(run.err()).isZero();
            assertThat(run.err())
                    .contains("trace: run_command: ", "x-access-token")
                    .doesNotContain(Files.readString(folder.resolve("token")));
        }
    }

    @Test
    void cannotTouchAnotherRepository() throws Exception {
        try (var issuer = issuer();
                var run = withAHomeOfItsOwn(issuer).sh("git clone -q " + url("vault") + " other")) {
            assertThat(run.await()).isNotZero();
            assertThat(folder.resolve("other")).doesNotExist();
        }
    }

    @Test
    void sendsTheTokenToNoOtherHost() throws Exception {
        var asked = Collections.synchronizedList(new ArrayList<String>());
        var other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        other.createContext("/", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        other.start();
        try (var issuer = issuer();
                var run = withAHomeOfItsOwn(issuer)
                        .sh("git ls-remote http://127.0.0.1:"
                                + other.getAddress().getPort() + "/acme/shop")) {
            assertThat(run.await()).isNotZero();
            assertThat(asked).isNotEmpty().containsOnly("null");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void comesBeforeTheHelpersAndHeadersThatOthersHaveLeft() throws Exception {
        Files.writeString(
                folder.resolve(".gitconfig"),
                "[credential]\n\thelper = \"!f() { echo username=x; echo password=wrong; }; f\"\n" + "[http \""
                        + github.url() + "/\"]\n\textraheader = \"AUTHORIZATION: basic d3Jvbmc6d3Jvbmc=\"\n");
        try (var issuer = issuer();
                var run = withAHomeOfItsOwn(issuer).sh("git ls-remote -q " + url("shop"))) {
            assertThat(run.await()).as(run.err()).isZero();
        }
    }

    private DeliveringIssuer issuer() throws Exception {
        return DeliveringIssuer.start("github-app", new GithubDelivery(github, app));
    }

    private WrappedRun.Setting withAHomeOfItsOwn(DeliveringIssuer issuer) {
        return issuer.setting(folder)
                .having("HOME", folder.toString())
                .having("GIT_CONFIG_NOSYSTEM", "1")
                .having("GITHUB_TOKEN", "of the job");
    }

    private String url(String repository) {
        return github.url() + "/acme/" + repository;
    }

    private int afterwards(List<String> command) throws Exception {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        return process.exitValue();
    }

    private static boolean hasGit() {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
