// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The orb's command {@code install}, with the real install.sh, on a release of which only the program is made up. */
@Tag("long")
@EnabledOnOs(value = OS.LINUX, disabledReason = "the orb runs in Linux images")
class OrbInstallIT {
    private static final String PROGRAM = "taskbound-0.1.0/bin/taskbound";

    @TempDir
    private Path folder;

    private HttpServer release;
    private String archive;

    @BeforeEach
    void publish() throws Exception {
        var files = Files.createDirectories(folder.resolve("release"));
        Files.copy(Recipe.ROOT.resolve("release/install.sh"), files.resolve("install.sh"));
        var program = folder.resolve("made").resolve(PROGRAM);
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\necho taskbound 0.1.0\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        archive = "taskbound-0.1.0-linux-" + (System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64")
                + ".tar.gz";
        var packed = new ProcessBuilder("tar", "czf", files.resolve(archive).toString(), "taskbound-0.1.0")
                .directory(folder.resolve("made").toFile())
                .start();
        assertThat(packed.waitFor()).isZero();
        release = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        release.createContext("/v0.1.0/", exchange -> {
            try (exchange) {
                var file = files.resolve(exchange.getRequestURI().getPath().substring("/v0.1.0/".length()));
                exchange.sendResponseHeaders(200, Files.size(file));
                Files.copy(file, exchange.getResponseBody());
            }
        });
        release.start();
    }

    @AfterEach
    void stop() {
        release.stop(0);
    }

    @Test
    void installsWhatBothChecksumsName() throws Exception {
        var ran = install(sha256("install.sh"), sha256(archive));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(folder.resolve("home/.local/bin/taskbound")).isExecutable();
        assertThat(folder.resolve("bash-env")).content().contains("$HOME/.local/bin");
    }

    @Test
    void runsNoScriptWithAnotherChecksum() throws Exception {
        var ran = install("0".repeat(64), sha256(archive));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(folder.resolve("home/.local")).doesNotExist();
        assertThat(folder.resolve("bash-env")).doesNotExist();
    }

    @Test
    void installsNoArchiveWithAnotherChecksum() throws Exception {
        var ran = install(sha256("install.sh"), "0".repeat(64));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(folder.resolve("home/.local/bin/taskbound")).doesNotExist();
        assertThat(folder.resolve("bash-env")).doesNotExist();
    }

    private String sha256(String file) throws Exception {
        var bytes = Files.readAllBytes(folder.resolve("release").resolve(file));
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private Ran install(String script, String archived) throws IOException, InterruptedException {
        var parameters = Map.of(
                "version",
                "0.1.0",
                "sha256",
                archived,
                "script-sha256",
                script,
                "from",
                "http://127.0.0.1:" + release.getAddress().getPort());
        var start = Recipes.orbCommand("install", parameters);
        var builder = new ProcessBuilder(start.command())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(start.environment());
        builder.environment()
                .putAll(Map.of(
                        "PATH", "/usr/bin:/bin",
                        "TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString(),
                        "HOME", folder.resolve("home").toString(),
                        "BASH_ENV", folder.resolve("bash-env").toString()));
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        return new Ran(process.exitValue(), "", Files.readString(folder.resolve("err")));
    }
}
