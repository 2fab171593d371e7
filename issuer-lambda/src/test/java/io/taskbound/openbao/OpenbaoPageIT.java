// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.OpenbaoAccess;
import io.taskbound.http.PublishedIssuer;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.policy.Openbao;
import io.taskbound.task.Identifier;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/credentials-openbao.md as a reader follows it, with a real OpenBao where there is one on the path. */
class OpenbaoPageIT {
    private static final Pattern SHELL = Pattern.compile("(?s)\\n   ```sh\\n(.*?)\\n   ```");

    @TempDir
    private Path home;

    @Test
    void whatItSetsUpOpensOneTargetForOneStep() throws Exception {
        var signer = LocalSigner.generate();
        try (var bao = RealBao.start(home, "bao");
                var issuer = new PublishedIssuer(signer)) {
            var lines = setUp().replace("https://tokens.acme.example", issuer.url());
            sh(bao, RealBao.ROOT_TOKEN, lines);
            sh(bao, RealBao.ROOT_TOKEN, "bao kv put secret/release/app key=app\nbao kv put secret/release/web key=web");
            var service = new OpenbaoService(
                    issuer.url(), signer, new OutboundHttp(FetchPolicy.WITH_LOOPBACK), Clock.systemUTC());

            var order = BaoScene.order("read-signing-key", Duration.ofMinutes(10));
            var credential = service.issue(access(bao, "secret:release/app"), order);
            var token = credential.secret().string("token").orElseThrow();
            assertThat(sh(bao, token, "bao kv get -field=key secret/release/app"))
                    .isEqualTo("app");
            assertThat(sh(bao, token, "bao kv get -field=key secret/release/web 2>&1 || true"))
                    .contains("permission denied");
            service.revoke(credential.revocation().orElseThrow());
            assertThat(sh(bao, token, "bao kv get -field=key secret/release/app 2>&1 || true"))
                    .contains("permission denied");

            assertThatThrownBy(() -> service.issue(
                            access(bao, "secret:release/app"), BaoScene.order("deploy", Duration.ofMinutes(10))))
                    .isInstanceOf(CredentialRefused.class);
        }
    }

    /** Steps 2 to 4. */
    private static String setUp() throws IOException {
        var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
        var page = Files.readString(root.resolve("docs/credentials-openbao.md"));
        var blocks = SHELL.matcher(page).results().map(block -> block.group(1)).toList();
        assertThat(blocks).hasSize(3);
        return blocks.stream()
                .map(block -> block.replaceAll("(?m)^ {3}", ""))
                .collect(Collectors.joining("\n", "set -eu\n", "\n"));
    }

    private static OpenbaoAccess access(RealBao bao, String identifier) {
        var server = new Openbao(
                bao.address, "release", "jwt", Optional.empty(), "taskbound-revoke", "https://vault.acme.example");
        return new OpenbaoAccess(server, "read", new Identifier(identifier));
    }

    private String sh(RealBao bao, String token, String lines) throws IOException, InterruptedException {
        var err = home.resolve("err").toFile();
        var shell = new ProcessBuilder("sh", "-c", lines).redirectError(err);
        shell.environment().put("BAO_ADDR", bao.address.toString());
        shell.environment().put("BAO_TOKEN", token);
        shell.environment().put("HOME", home.toString());
        var process = shell.start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(lines + out + Files.readString(err.toPath()))
                .isZero();
        return out.strip();
    }
}
