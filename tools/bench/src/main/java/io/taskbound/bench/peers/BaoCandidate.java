// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import io.taskbound.bench.Scene;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * OpenBao's login with a JWT: the same ID tokens, a role bound to the same claims, a service token with one policy that
 * it can revoke. Without an audit device, which is in its favour: the issuer writes a line for each mint.
 */
final class BaoCandidate implements Candidate {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ROLE = "sign-release";
    private final Row row;
    private final Site site;
    private final Optional<Path> program;

    /**
     * @param row whose name says where it stores what it issues
     * @param program absent where there is none
     */
    BaoCandidate(Row row, Site site, Optional<Path> program) {
        this.row = row;
        this.site = site;
        this.program = program;
    }

    @Override
    public Row row() {
        return row;
    }

    @Override
    public Server start() throws IOException, NotHere {
        var bao = program.orElseThrow(
                () -> new NotHere("there is no bao on PATH; name one by BAO (https://openbao.org/downloads)"));
        var folder = site.newFolder();
        int port = FreePort.find();
        var process = OwnProcess.start("bao", new ProcessBuilder(command(bao, port, folder)), folder);
        try {
            var api = new JsonApi(port);
            process.await(PATIENCE, "answered", () -> api.isWell("/v1/sys/seal-status"));
            setUp(api, process);
            return new HttpServerProcess(process, Started.once(process.effort()), port, this::requests, () -> {});
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private List<String> command(Path bao, int port, Path folder) throws IOException {
        var settings = Files.writeString(folder.resolve("bao.hcl"), settings(port, folder));
        return List.of(bao.toString(), "server", "-config=" + settings);
    }

    private String settings(int port, Path folder) throws IOException {
        return storage(folder) + String.format(Locale.ROOT, """
                        listener "tcp" {
                          address = "127.0.0.1:%1$d"
                          cluster_address = "127.0.0.1:%2$d"
                          tls_disable = true
                        }
                        api_addr = "http://127.0.0.1:%1$d"
                        cluster_addr = "https://127.0.0.1:%2$d"
                        ui = false
                        log_level = "warn"
                        """, port, FreePort.find());
    }

    private String storage(Path folder) throws IOException {
        if (row == Row.BAO_MEMORY) {
            return "storage \"inmem\" {}\n";
        }
        var data = Files.createDirectory(folder.resolve("raft"));
        return "storage \"raft\" {\n  path = \"" + data + "\"\n  node_id = \"peers\"\n}\n";
    }

    private void setUp(JsonApi api, OwnProcess process) throws IOException {
        var token = unseal(api);
        process.await(PATIENCE, "been unsealed", () -> api.isWell("/v1/sys/health"));
        api.post(
                "/v1/sys/auth/jwt",
                token,
                JsonObject.builder().put("type", "jwt").build());
        api.post(
                "/v1/auth/jwt/config",
                token,
                JsonObject.builder()
                        .put("bound_issuer", IdTokens.ISSUER)
                        .put("jwt_validation_pubkeys", texts(publicKey()))
                        .build());
        api.post(
                "/v1/sys/policies/acl/" + ROLE,
                token,
                JsonObject.builder()
                        .put("policy", "path \"secret/data/release\" { capabilities = [\"read\"] }")
                        .build());
        api.post("/v1/auth/jwt/role/" + ROLE, token, role());
    }

    /** @return the token of who may do everything */
    private static String unseal(JsonApi api) throws IOException {
        var made = api.post(
                "/v1/sys/init",
                "",
                JsonObject.builder()
                        .put("secret_shares", 1)
                        .put("secret_threshold", 1)
                        .build());
        var key = ((JsonString) made.array("keys_base64").orElseThrow().items().get(0)).value();
        api.post("/v1/sys/unseal", "", JsonObject.builder().put("key", key).build());
        return made.string("root_token").orElseThrow();
    }

    /** Bound to what the rule of our policy is bound to. */
    private static JsonObject role() {
        return JsonObject.builder()
                .put("role_type", "jwt")
                .put("user_claim", "sub")
                .put("bound_audiences", texts(Scene.ISSUER))
                .put(
                        "bound_claims",
                        JsonObject.builder()
                                .put("repository_id", "2002")
                                .put("repository_owner_id", "1001")
                                .put("ref", "refs/heads/main")
                                .put("ref_type", "branch")
                                .build())
                .put("token_policies", texts(ROLE))
                .put("token_ttl", "600")
                .build();
    }

    private static JsonValue texts(String one) {
        return JsonArray.ofStrings(List.of(one));
    }

    private String publicKey() {
        try {
            var key = JWKSet.parse(site.idTokens().jwks()).getKeys().get(0);
            var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(key.toRSAKey().toRSAPublicKey().getEncoded());
            return "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n";
        } catch (ParseException | JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private List<byte[]> requests(int count) {
        return site.idTokens().make(count).stream()
                .map(idToken -> JsonText.of(JsonObject.builder()
                        .put("role", ROLE)
                        .put("jwt", idToken)
                        .build()))
                .map(body -> HttpExchange.request(
                        "/v1/auth/jwt/login", "application/json", body.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
