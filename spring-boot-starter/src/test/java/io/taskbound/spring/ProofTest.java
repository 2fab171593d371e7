// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.TaskToken;
import io.taskbound.client.dpop.ProofKey;
import io.taskbound.http.SettableClock;
import io.taskbound.http.TestIssuer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * A token that is bound to a key, at a service that is known by another name than the one that it listens at; the
 * policy says {@code proof: required}.
 */
class ProofTest {
    private static final AtomicInteger DONE = new AtomicInteger();
    private static final String PATH = "/sign/app.jar";
    private static final String URL = "https://signer.acme.example" + PATH;

    @TempDir
    private static Path folder;

    private static IssuerOverHttp issuer;
    private static App app;

    private final SettableClock clock = new SettableClock(issuer.issuer.clock.instant());
    private final ProofKey key = ProofKey.create(clock);
    private TaskToken token;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Signer.class)
    static class Application {}

    @RestController
    static class Signer {
        @PostMapping("/sign/{name}")
        @RequiresTask(action = "sign", identifier = "artifact:acme/shop/{name}@sha256:{digest}")
        String sign(@RequestBody byte[] artifact) {
            return "signed " + artifact.length + ", " + DONE.incrementAndGet();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        issuer = new IssuerOverHttp(ProofTest::policy);
        app = App.start(
                Application.class, App.properties(issuer, folder, "taskbound.public-url=https://signer.acme.example"));
    }

    /** Two uses, so that a proof that comes again is not refused for want of one. */
    private static String policy(String provider) {
        return TestIssuer.policyJson(provider)
                .replace("\"signer\":{", "\"signer\":{\"proof\":\"required\",")
                .replace("\"max_uses\":1,", "\"max_uses\":2,");
    }

    @AfterAll
    static void stop() {
        app.close();
        issuer.close();
    }

    @BeforeEach
    void mint() {
        DONE.set(0);
        token = issuer.bound(key, "app.jar", "bytes");
    }

    @Test
    void letsInWhoeverProvesTheKeyForThisRequestWithTheNonceThatItWasGiven() throws Exception {
        var nonce = nonce();
        var proof = key.proof("POST", URI.create(URL), nonce, token);
        var first = send(token, proof);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.headers().firstValue("DPoP-Nonce")).isEqualTo(nonce);

        assertRefused("invalid_dpop_proof", send(token, proof));
        assertThat(send(token, key.proof("POST", URI.create(URL), nonce, token)).body())
                .isEqualTo("signed 5, 2");
        assertRefused("invalid_token", send(token, key.proof("POST", URI.create(URL), nonce, token)));
    }

    @Test
    void letsNobodyInWithACopy() throws Exception {
        var nonce = nonce();
        var url = URI.create(URL);
        var thief = ProofKey.create(clock);
        var stolen = new LinkedHashMap<String, String>();
        stolen.put("a key of the thief's own", thief.proof("POST", url, nonce, token));
        stolen.put("another method", key.proof("PUT", url, nonce, token));
        stolen.put("another path", key.proof("POST", URI.create(URL + ".sig"), nonce, token));
        stolen.put(
                "the address that the header Host says", key.proof("POST", URI.create(app.url() + PATH), nonce, token));
        stolen.put("another token", key.proof("POST", url, nonce, issuer.bound(key, "app.jar", "bytes")));
        stolen.put("no token", key.proof("POST", url, nonce));
        stolen.put("yesterday", at(Duration.ofDays(-1), () -> key.proof("POST", url, nonce, token)));
        stolen.put("tomorrow", at(Duration.ofDays(1), () -> key.proof("POST", url, nonce, token)));
        stolen.put("no proof at all", "a.b.c");
        for (var proof : stolen.entrySet()) {
            assertThat(challenge(send(token, proof.getValue())))
                    .as(proof.getKey())
                    .contains("error=\"invalid_dpop_proof\"");
        }
        assertThat(challenge(send(token, key.proof("POST", url, Optional.of("x".repeat(22)), token))))
                .contains("error=\"use_dpop_nonce\"");
        assertRefused("invalid_dpop_proof", app.post(PATH, "bytes", App.bearer(token.reveal())));
        assertRefused("invalid_request", app.post(PATH, "bytes", "Authorization", "DPoP " + token.reveal()));
        var good = key.proof("POST", url, nonce, token);
        assertRefused(
                "invalid_request",
                app.post(PATH, "bytes", "Authorization", "DPoP " + token.reveal(), "DPoP", good, "DPoP", good));
        assertThat(DONE).hasValue(0);
        assertThat(send(token, good).statusCode()).as("the key's holder").isEqualTo(200);
    }

    /** A good proof does not make a token good for something else. */
    @Test
    void saysForbiddenToAGoodProofOfAnotherTask() throws Exception {
        var other = issuer.bound(key, "app.jar", "other bytes");
        var answer = send(other, key.proof("POST", URI.create(URL), nonce(), other));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(challenge(answer)).isEqualTo("DPoP error=\"insufficient_scope\", algs=\"ES256\"");
    }

    @Test
    void tellsWhoeverBringsNothingThatATokenMayBeBound() throws Exception {
        assertThat(challenge(app.post(PATH, "bytes"))).isEqualTo("Bearer, DPoP algs=\"ES256\"");
    }

    /** As a client gets it that has none yet. */
    private Optional<String> nonce() throws Exception {
        var without = send(token, key.proof("POST", URI.create(URL), Optional.empty(), token));
        assertRefused("use_dpop_nonce", without);
        var nonce = without.headers().firstValue("DPoP-Nonce");
        assertThat(nonce).isPresent();
        return nonce;
    }

    private String at(Duration offset, java.util.function.Supplier<String> proof) {
        clock.advance(offset);
        try {
            return proof.get();
        } finally {
            clock.advance(offset.negated());
        }
    }

    private static HttpResponse<String> send(TaskToken token, String proof) throws Exception {
        return app.post(PATH, "bytes", "Authorization", "DPoP " + token.reveal(), "DPoP", proof);
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse(answer.statusCode() + " without a challenge");
    }

    private static void assertRefused(String error, HttpResponse<String> answer) {
        assertThat(Map.of("status", answer.statusCode(), "challenge", challenge(answer)))
                .containsEntry("status", 401)
                .hasEntrySatisfying(
                        "challenge", said -> assertThat(String.valueOf(said)).contains(error));
    }
}
