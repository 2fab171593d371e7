// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.TaskboundProcess;
import io.taskbound.cli.run.TunnelProxy;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.Patience;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.StandInTls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} in a company's network: a proxy with a password on the way, a private authority at its end. */
class ServeKeyFetchIT {
    private static final String HOST = "keys.acme.example";
    private static final String AUDIENCE = "https://tokens.acme.example";
    private static final Patience ONE_TRY = new Patience(
            1, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(10), Duration.ofMillis(10));

    @TempDir
    private Path folder;

    private final StandInTls tls = StandInTls.generate(HOST);
    private StandInProvider provider;
    private TunnelProxy proxy;

    @BeforeEach
    void start() throws Exception {
        provider = StandInProvider.start(
                StandInProvider.Setup.of(Dialect.GITHUB, Clock.systemUTC()).tls(tls));
        proxy = new TunnelProxy(
                URI.create(provider.issuer()).getPort(), Optional.of("us@er:pass word%"), nth -> Optional.empty());
        Files.writeString(folder.resolve("acme-ca.pem"), tls.pem());
        Files.writeString(folder.resolve("policy.yaml"), """
                version: 1
                providers:
                  github:
                    profile: github
                    issuer: "%s"
                    audience: %s
                    jwks_uri: https://%s/jwks
                    ca_file: acme-ca.pem
                resource_servers:
                  store: {audience: store, checks: offline}
                tasks:
                  move:
                    permissions: [{resource_server: store, actions: [move], identifiers: ["data:x"]}]
                    allow: [{provider: github, claims: {repository_id: "2002", repository_owner_id: "1001"}}]
                """.formatted(provider.issuer(), AUDIENCE, HOST));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        provider.close();
    }

    private TaskboundProcess serve(String login) throws Exception {
        return TaskboundProcess.start(
                Map.of("HTTPS_PROXY", "http://" + login + "@127.0.0.1:" + proxy.port(), "NO_PROXY", "other.example"),
                "serve",
                "--policy",
                folder.resolve("policy.yaml").toString(),
                "--port",
                "0");
    }

    private MintAnswer mint(TaskboundProcess issuer) throws Exception {
        var client = IssuerClient.builder(IssuerUrl.of(issuer.awaitUrl()))
                .idTokenAudience(AUDIENCE)
                .patience(ONE_TRY)
                .build();
        var claims = provider.github("acme/shop", "main").forAudience(AUDIENCE);
        return client.mint(
                IdToken.of(provider.idToken(claims)), TaskRequest.of(TaskDetail.of("move", "move", "data:x")));
    }

    @Test
    void fetchesKeysThroughAProxyWithAPasswordFromAHostOfAPrivateAuthority() throws Exception {
        try (var issuer = serve("us%40er:pass%20word%25")) {
            assertThat(mint(issuer)).isInstanceOf(MintAnswer.Granted.class);
            assertThat(proxy.asked()).isNotEmpty().allMatch(("CONNECT " + HOST + ":443 HTTP/1.1")::equals);
            assertThat(issuer.lines()).noneMatch(line -> line.contains("pass"));
            issuer.awaitLine(line -> line.startsWith("taskbound: the audience of provider github is " + AUDIENCE));
        }
    }

    @Test
    void saysThatTheProxyWantsAnotherPassword() throws Exception {
        try (var issuer = serve("user:wrong")) {
            assertThat(mint(issuer)).isInstanceOf(MintAnswer.Unavailable.class);
            issuer.awaitLine(line -> line.startsWith("taskbound: the keys of provider github cannot be used: proxy: "));
            assertThat(issuer.lines()).noneMatch(line -> line.contains("wrong"));
            // Without a password, and once with the wrong one.
            assertThat(proxy.asked()).hasSize(2);
        }
    }
}
