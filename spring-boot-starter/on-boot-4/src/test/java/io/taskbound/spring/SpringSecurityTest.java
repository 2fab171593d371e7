// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import io.taskbound.http.TestIssuer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The starter beside a resource server of Spring Security's own, by the settings of docs/spring.md. */
class SpringSecurityTest {
    private static final String OPAQUE = "spring.security.oauth2.resourceserver.opaquetoken.";
    private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

    @TempDir
    private Path folder;

    @RestController
    static class Service {
        @PostMapping("/sign/{name}")
        @RequiresTask(action = "sign", identifier = "artifact:acme/shop/{name}@sha256:{digest}")
        String sign(@PathVariable String name, @RequestBody byte[] artifact) {
            return "signed " + name + ", " + artifact.length;
        }

        @GetMapping("/deploy")
        String deploy() {
            return "deployed";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Tasks {
        @Bean
        @Order(1)
        SecurityFilterChain tasks(HttpSecurity http) throws Exception {
            return http.securityMatcher("/sign/**")
                    .csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Service.class, Tasks.class})
    static class WithOpaqueTokens {
        @Bean
        SecurityFilterChain others(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2ResourceServer(server -> server.opaqueToken(withDefaults()))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Service.class, Tasks.class})
    static class WithJwts {
        @Bean
        SecurityFilterChain others(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2ResourceServer(server -> server.jwt(withDefaults()))
                    .build();
        }
    }

    @Test
    void asksTheIssuerAboutOpaqueTokensAndLeavesTheRestToTheStarter() throws Exception {
        try (var issuer = new IssuerOverHttp();
                var app = App.start(
                        WithOpaqueTokens.class,
                        App.properties(
                                issuer,
                                folder,
                                "taskbound.deadline=3s",
                                OPAQUE + "introspection-uri=" + issuer.url() + "/introspect",
                                OPAQUE + "client-id=deployer",
                                OPAQUE + "client-secret=" + TestIssuer.SIGNER_SECRET))) {
            assertThat(app.send("GET", "/deploy", "").statusCode()).isEqualTo(401);
            var deploy = issuer.token("deploy", "env:production", "deploy");
            assertThat(deploy(app, deploy).body()).isEqualTo("deployed");
            assertThat(deploy(app, issuer.signing("app.jar", "bytes")).statusCode())
                    .as("a token with a limit, and of another server")
                    .isEqualTo(401);
            issuer.closeToken(deploy);
            assertThat(deploy(app, deploy).statusCode()).as("closed").isEqualTo(401);

            assertTheStarterAnswers(issuer, app);

            issuer.away = true;
            // A 500 of the filter, whose page of errors this chain does not show.
            assertThat(deploy(app, deploy).statusCode()).as("an outage").isEqualTo(401);
            assertThat(sign(app, issuer.signing("app.jar", "bytes")).statusCode())
                    .as("an outage")
                    .isEqualTo(503);
        }
    }

    @Test
    void verifiesJwtsAndCannotKnowThatOneIsClosed() throws Exception {
        try (var issuer = new IssuerOverHttp(SpringSecurityTest::offline)) {
            // Spring Security's clock is the machine's.
            issuer.issuer.clock.advance(Duration.between(
                    issuer.issuer.clock.instant(), Settings.clock().instant()));
            try (var app = App.start(
                    WithJwts.class,
                    App.properties(
                            issuer,
                            folder,
                            JWT + "jwk-set-uri=" + issuer.url() + "/.well-known/jwks.json",
                            JWT + "jws-algorithms=ES256",
                            JWT + "audiences=https://deploy.acme.example"))) {
                var deploy = issuer.token("deploy", "env:production", "deploy");
                assertThat(deploy(app, deploy).body()).isEqualTo("deployed");
                assertThat(deploy(app, deploy + "A").statusCode()).isEqualTo(401);
                assertThat(deploy(app, issuer.signing("app.jar", "bytes")).statusCode())
                        .as("of another server")
                        .isEqualTo(401);
                issuer.closeToken(deploy);
                assertThat(deploy(app, deploy).statusCode()).as("closed").isEqualTo(200);

                assertTheStarterAnswers(issuer, app);
            }
        }
    }

    private static String offline(String provider) {
        return TestIssuer.policyJson(provider)
                .replace("\"checks\":\"introspect\"", "\"checks\":\"offline\",\"typ\":\"JWT\"")
                .replace("\"max_lifetime\":\"15m\"", "\"max_lifetime\":\"5m\"");
    }

    /** Its statuses and challenges, and not those of the filters around it. */
    private static void assertTheStarterAnswers(IssuerOverHttp issuer, App app) throws Exception {
        var token = issuer.signing("app.jar", "bytes");
        assertThat(sign(app, token).body()).isEqualTo("signed app.jar, 5");
        var spent = sign(app, token);
        assertThat(spent.statusCode()).isEqualTo(401);
        assertThat(challenge(spent)).isEqualTo("Bearer error=\"invalid_token\"");
        var foreign = sign(app, issuer.signing("other.jar", "bytes"));
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(challenge(foreign)).isEqualTo("Bearer error=\"insufficient_scope\"");
        assertThat(challenge(app.post("/sign/app.jar", "bytes"))).isEqualTo("Bearer");
    }

    private static HttpResponse<String> deploy(App app, String token) throws Exception {
        return app.send("GET", "/deploy", "", App.bearer(token));
    }

    private static HttpResponse<String> sign(App app, String token) throws Exception {
        return app.post("/sign/app.jar", "bytes", App.bearer(token));
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }
}
