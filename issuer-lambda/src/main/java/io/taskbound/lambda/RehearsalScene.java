// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.digest.Sha256;
import io.taskbound.identity.KeyFetcher;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a {@link Rehearsal} is played with: a policy, and requests that it grants and refuses. They open nothing. */
final class RehearsalScene {
    static final String ISSUER = "https://tokens.rehearsal.invalid";
    /** So many ID tokens, each of a run of its own. */
    static final int RUNS = 24;

    private static final String PINNED = "https://pinned.rehearsal.invalid";
    private static final String SECRET = "cmVoZWFyc2FsLXJlaGVhcnNhbC1yZWhlYXJzYWwtMDA";
    private static final String ACT = "scene:rehearsal/stage/act@sha256:" + "0".repeat(64);
    private static final String HOLDER = "rehearsal-rehearsal-rehearsal-rehearsal-rehearsal";
    /** Base64url of the SHA-256 of {@link #HOLDER}. */
    private static final String CHALLENGE = Sha256.base64Url(HOLDER, 32);

    private final JsonObject jwks;
    private final Policy policy;
    private final List<String> idTokens = new ArrayList<>();
    private final String forged;
    private final String ofAnotherOwner;

    private RehearsalScene(RehearsalCi ci, Instant now) throws GeneralSecurityException, MalformedJson {
        this.jwks = ci.jwks();
        this.policy = policy(jwks);
        for (int run = 0; run < RUNS; run++) {
            idTokens.add(ci.idToken(run, now, Map.of("iss", run % 2 == 0 ? RehearsalCi.ISSUER : PINNED)));
        }
        this.ofAnotherOwner = ci.idToken(RUNS, now, Map.of("repository_id", "7", "repository_owner_id", "7"));
        this.forged = ofAnotherOwner.substring(0, ofAnotherOwner.lastIndexOf('.'))
                + idTokens.get(0).substring(idTokens.get(0).lastIndexOf('.'));
    }

    /** @param now when its ID tokens are issued; they are good for five minutes */
    static RehearsalScene create(Instant now) throws GeneralSecurityException, MalformedJson {
        return new RehearsalScene(RehearsalCi.create(), now);
    }

    private static Policy policy(JsonObject jwks) throws MalformedJson {
        try (var text = RehearsalScene.class.getResourceAsStream("rehearsal.json")) {
            if (text == null) {
                throw new IllegalStateException("the policy of the rehearsal is missing");
            }
            var json = new String(text.readAllBytes(), UTF_8).replace("\"KEYS\"", JsonText.of(jwks));
            return Policy.load(StrictJson.parseObject(json.getBytes(UTF_8)), 1)
                    .orElseThrow(
                            faulty -> new IllegalStateException(faulty.faults().toString()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Policy policy() {
        return policy;
    }

    /** The CI system's documents, without a network. */
    KeyFetcher fetcher() {
        var discovery = JsonObject.builder()
                .put("issuer", RehearsalCi.ISSUER)
                .put("jwks_uri", RehearsalCi.ISSUER + "/jwks")
                .build();
        return uri -> bytes(isOfKeys(uri) ? jwks : discovery);
    }

    private static boolean isOfKeys(URI uri) {
        return uri.getPath().equals("/jwks");
    }

    private static byte[] bytes(JsonObject document) {
        return JsonText.of(document).getBytes(UTF_8);
    }

    RehearsalEvent mint(int run) {
        return mint(idTokens.get(run), "rehearse", "\"identifier\":\"" + ACT + "\"");
    }

    RehearsalEvent mintOfTwo(int run) {
        return mint(
                idTokens.get(run),
                "change",
                "\"locations\":[\"https://stage.rehearsal.invalid\"],\"actions\":[\"read\"],\"identifier\":\"line:ACT-1\"},"
                        + "{\"type\":\"task\",\"task\":\"change\",\"actions\":[\"change\"],\"identifier\":\"line:2\"");
    }

    RehearsalEvent mintToPerform(int run) {
        return mint(idTokens.get(run), "perform-in-2-acts", "\"identifier\":\"evening:premiere\"");
    }

    /** Refused: no rule allows this caller. */
    RehearsalEvent mintOfAnotherOwner() {
        return mint(ofAnotherOwner, "rehearse", "\"identifier\":\"" + ACT + "\"");
    }

    /** Refused: the signature is another token's. */
    RehearsalEvent mintByAForgedToken() {
        return mint(forged, "rehearse", "\"identifier\":\"" + ACT + "\"");
    }

    /** Refused: the policy has no such task. */
    RehearsalEvent mintOfUnknownTask() {
        return mint(idTokens.get(0), "improvise", "\"identifier\":\"" + ACT + "\"");
    }

    /** Refused: this is another target than the task allows. */
    RehearsalEvent mintOfAForeignTarget() {
        return mint(
                idTokens.get(0), "rehearse", "\"identifier\":\"scene:other/stage/act@sha256:" + "0".repeat(64) + "\"");
    }

    /** Refused: not what an exchange looks like. */
    RehearsalEvent mintByABadForm() {
        return RehearsalEvent.post("/token", Map.of("grant_type", "client_credentials", "subject_token", "none"));
    }

    private RehearsalEvent mint(String idToken, String task, String details) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
        form.put("subject_token", idToken);
        form.put("txn", "00000000-0000-4000-8000-000000000000");
        form.put("holder_challenge", CHALLENGE);
        form.put("authorization_details", "[{\"type\":\"task\",\"task\":\"" + task + "\"," + details + "}]");
        return RehearsalEvent.post("/token", form);
    }

    RehearsalEvent redeem(String token) {
        return RehearsalEvent.post(
                "/redeem", Map.of("token", token, "action", "play", "identifier", ACT, "use_id", "1"), "stage", SECRET);
    }

    RehearsalEvent introspect(String token) {
        return RehearsalEvent.post("/introspect", Map.of("token", token), "hall-2", SECRET);
    }

    /** Refused: these are nobody's credentials. */
    RehearsalEvent introspectAsNobody(String token) {
        return RehearsalEvent.post("/introspect", Map.of("token", token), "hall-2", "nothing");
    }

    RehearsalEvent renew(String token) {
        return RehearsalEvent.post("/renew", Map.of("token", token, "holder_verifier", HOLDER));
    }

    RehearsalEvent close(String token) {
        return RehearsalEvent.post("/revoke", Map.of("token", token));
    }

    RehearsalEvent closeRun(int run) {
        return RehearsalEvent.post("/revoke", Map.of("subject_token", idTokens.get(run), "handle", "run:*"));
    }
}
