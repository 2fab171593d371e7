// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StandInProviderTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private static String get(String url) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        assertThat(connection.getResponseCode()).isEqualTo(200);
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static boolean verifies(String token, JWKSet keys) throws Exception {
        var jwt = SignedJWT.parse(token);
        var key = (RSAKey) keys.getKeyByKeyId(jwt.getHeader().getKeyID());
        return jwt.verify(new RSASSAVerifier(key));
    }

    @Test
    void servesDiscoveryAndTheKeysThatItsTokensVerifyWith() throws Exception {
        try (var provider = StandInProvider.start(CLOCK)) {
            var discovery = get(provider.issuer() + "/.well-known/openid-configuration");
            var keys = JWKSet.parse(get(provider.jwksUri()));

            assertThat(discovery).contains("\"issuer\":\"" + provider.issuer() + "\"");
            assertThat(verifies(provider.idToken(provider.github("acme/shop", "main")), keys))
                    .isTrue();
            assertThat(provider.requests()).isEqualTo(2);
        }
    }

    @Test
    void publishesNoPrivateKey() throws IOException {
        try (var provider = StandInProvider.start(CLOCK)) {
            assertThat(get(provider.jwksUri())).doesNotContain("\"d\"", "\"p\"", "\"q\"");
        }
    }

    @Test
    void listensOnLoopbackAlone() {
        try (var provider = StandInProvider.start(CLOCK)) {
            assertThat(provider.issuer()).startsWith("http://127.0.0.1:");
        }
    }

    @Test
    void signsForJenkinsAsThePluginDoes() throws Exception {
        try (var provider = StandInProvider.start(Dialect.JENKINS, CLOCK)) {
            var claims = provider.jenkins("acme/shop/main", 42).forAudience("https://tokens.acme.example");
            var jwt = SignedJWT.parse(provider.idToken(claims));

            assertThat(provider.issuer()).endsWith("/oidc");
            assertThat(jwt.getHeader().getKeyID()).isEqualTo("task-tokens");
            assertThat(claims.asMap().keySet()).containsExactly("iss", "aud", "exp", "iat", "sub", "build_number");
            assertThat(claims.asMap().get("aud")).isEqualTo(List.of("https://tokens.acme.example"));
            assertThat(claims.asMap().get("sub"))
                    .isEqualTo(provider.issuer().replace("/oidc", "/job/acme/job/shop/job/main/"));
        }
    }

    /** Whole seconds, no id and a deterministic signature: two steps within a second hold the same bytes. */
    @Test
    void signsTwoByteIdenticalJenkinsTokensInOneSecond() {
        try (var provider = StandInProvider.start(Dialect.JENKINS, CLOCK)) {
            assertThat(provider.idToken(provider.jenkins("acme/shop/main", 42)))
                    .isEqualTo(provider.idToken(provider.jenkins("acme/shop/main", 42)));
        }
    }

    @Test
    void signsTwoDifferentGitHubTokensInOneSecond() {
        try (var provider = StandInProvider.start(CLOCK)) {
            assertThat(provider.idToken(provider.github("acme/shop", "main")))
                    .isNotEqualTo(provider.idToken(provider.github("acme/shop", "main")));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void keepsItsKeyOverARestartAndToItself(@TempDir Path folder) throws Exception {
        var file = folder.resolve("keys").resolve("provider.json");
        var setup = StandInProvider.Setup.of(Dialect.GITHUB, CLOCK).keyFile(file);
        String token;
        try (var provider = StandInProvider.start(setup)) {
            token = provider.idToken(provider.github("acme/shop", "main"));
        }
        try (var provider = StandInProvider.start(setup)) {
            assertThat(verifies(token, JWKSet.parse(get(provider.jwksUri())))).isTrue();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void rotatesWithOrWithoutANewKeyId() throws Exception {
        try (var provider = StandInProvider.start(CLOCK)) {
            var kid = provider.kid();
            var before = provider.idToken(provider.github("acme/shop", "main"));
            provider.rotateKey(true);
            assertThat(provider.kid()).isEqualTo(kid);
            assertThat(verifies(before, JWKSet.parse(get(provider.jwksUri())))).isFalse();
            provider.rotateKey(false);
            assertThat(provider.kid()).isNotEqualTo(kid);
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        try (var provider = StandInProvider.start(CLOCK)) {
            int port = URI.create(provider.issuer()).getPort();
            var same = StandInProvider.Setup.of(Dialect.GITHUB, CLOCK).port(port);

            assertThatThrownBy(() -> StandInProvider.start(same))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(Integer.toString(port));
        }
    }

    @Test
    void givesTheExamplesTheirNumbers() {
        try (var provider = StandInProvider.start(CLOCK)) {
            assertThat(provider.github("acme/shop", "main").asMap())
                    .containsEntry("repository_id", "2002")
                    .containsEntry("repository_owner_id", "1001")
                    .containsEntry("sub", "repo:acme/shop:ref:refs/heads/main");
            assertThat(provider.github("mallory/shop", "main").asMap()).containsEntry("repository_id", "6666");
            assertThat(provider.githubImmutable("acme/shop", "main").asMap())
                    .containsEntry("sub", "repo:acme@1001/shop@2002:ref:refs/heads/main");
        }
    }
}
