// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TaskToken;
import io.taskbound.client.dpop.ProofKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thief has a token that is bound to a key, and comes to the guard before a real issuer. */
class GuardProofsTest {
    private static final URI URL = URI.create("https://signer.acme.example/safes/1");

    private static LiveIssuer issuer;

    @TempDir
    private Path folder;

    /** How far the clock of the step's machine is ahead of the issuer's. */
    private Duration ahead = Duration.ZERO;

    private final ProofKey key = ProofKey.create(new Clock() {
        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @BeforeAll
    static void start() throws Exception {
        issuer = LiveIssuer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        issuer.close();
    }

    private GrantedToken bound() {
        var client = IssuerClient.builder(IssuerUrl.of(issuer.url())).build();
        var request = TaskRequest.of(TaskDetail.of("unlock", "unlock", "safe:1"));
        var answer = client.mint(IdToken.of(issuer.idToken()), request.withProofKey(key));
        if (answer instanceof MintAnswer.Granted granted) {
            return granted.token();
        }
        throw new AssertionError(answer + " " + issuer.lastDecision());
    }

    private String proof(String method, String url, TaskToken token) {
        return key.proof(method, URI.create(url), key.lastNonce(), token);
    }

    @ParameterizedTest
    @EnumSource
    void onlyANewProofOfTheTokensKeyForThisVeryRequestPasses(Gateway gateway) throws Exception {
        var granted = bound();
        var token = granted.token();
        var good = proof("POST", URL.toString(), token);
        var bad = new LinkedHashMap<String, String>();
        bad.put("another method", proof("GET", URL.toString(), token));
        bad.put("another path", proof("POST", URL + "/door", token));
        bad.put("another host", proof("POST", "https://other.acme.example/safes/1", token));
        bad.put("another token", proof("POST", URL.toString(), bound().token()));
        bad.put("no token", key.proof("POST", URL, key.lastNonce()));
        bad.put("another key", ProofKey.create().proof("POST", URL, key.lastNonce(), token));
        ahead = Duration.ofSeconds(60);
        bad.put("the future", proof("POST", URL.toString(), token));
        ahead = Duration.ofSeconds(-75);
        bad.put("a minute ago", proof("POST", URL.toString(), token));
        ahead = Duration.ZERO;
        bad.put("a changed signature", good.substring(0, good.length() - 8) + "AAAAAAAA");

        try (var guard = TestedGuard.ofVault(gateway, issuer.url(), folder)) {
            var question = guard.question("POST", URL.getPath());
            var dpop = "Authorization: DPoP " + token.reveal();
            bad.forEach((what, proof) -> refused(what, guard, question.with(dpop, "DPoP: " + proof)));
            refused("no proof, as Bearer", guard, question.with("Authorization: Bearer " + token.reveal()));

            assertThat(guard.ask(question.with(dpop, "DPoP: " + good)).status()).isEqualTo(200);
            refused("a proof that was used", guard, question.with(dpop, "DPoP: " + good));
            var next = proof("POST", URL.toString(), token);
            assertThat(guard.ask(question.with(dpop, "DPoP: " + next)).status()).isEqualTo(200);
        }
    }

    @Test
    void aProofThatWasMadeAheadNeedsTheIssuersNonce() throws Exception {
        var token = bound().token();
        try (var guard = TestedGuard.ofVault(Gateway.NGINX, issuer.url(), folder)) {
            var question = guard.question("POST", URL.getPath()).with("Authorization: DPoP " + token.reveal());
            var answer = guard.ask(question.with("DPoP: " + key.proof("POST", URL, Optional.empty(), token)));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).contains("DPoP error=\"use_dpop_nonce\", algs=\"ES256\"");
            var nonce = answer.header("DPoP-Nonce");
            assertThat(guard.ask(question.with("DPoP: " + key.proof("POST", URL, nonce, token)))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void refused(String what, TestedGuard guard, Question question) {
        try {
            var answer = guard.ask(question);
            assertThat(answer.status()).as(what).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate").orElseThrow())
                    .as(what)
                    .contains("DPoP error=\"invalid_dpop_proof\"");
        } catch (IOException e) {
            throw new AssertionError(what, e);
        }
    }
}
