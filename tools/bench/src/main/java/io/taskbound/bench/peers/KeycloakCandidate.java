// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.local.ClaimSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keycloak's client credentials with a signed JWT assertion, each of which it takes once. Its access tokens are signed
 * with ES256, as ours are. It stores nothing on disk for them.
 */
final class KeycloakCandidate implements Candidate {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String REALM = "peers";
    private static final String CLIENT = "step";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final long ASSERTION_SECONDS = 300;
    private final Site site;
    private final Optional<Path> zip;
    private final Path java;

    /**
     * @param zip the distribution as Maven Central has it; absent where it could not be fetched
     * @param java the home of a JDK that it runs on
     */
    KeycloakCandidate(Site site, Optional<Path> zip, Path java) {
        this.site = site;
        this.zip = zip;
        this.java = java;
    }

    @Override
    public Row row() {
        return Row.KEYCLOAK;
    }

    @Override
    public Server start() throws IOException, NotHere {
        var distribution = zip.orElseThrow(() -> new NotHere(
                "Maven could not fetch org.keycloak:keycloak-quarkus-dist:26.4.0:zip; try again with a network"));
        var folder = site.newFolder();
        var home = Unzipped.into(folder, distribution).resolve("keycloak-26.4.0");
        var realm = Files.createDirectories(home.resolve("data").resolve("import"));
        Files.writeString(realm.resolve(REALM + "-realm.json"), JsonText.of(realm()));
        int port = FreePort.find();
        var builder = new ProcessBuilder(
                "bash",
                home.resolve("bin").resolve("kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=" + "http://127.0.0.1:" + port,
                "--log-level=warn");
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().remove("JAVA_OPTS");
        var process = OwnProcess.start("Keycloak", builder, folder);
        try {
            var api = new JsonApi(port);
            process.await(PATIENCE, "answered", () -> api.isWell("/realms/" + REALM));
            return new HttpServerProcess(
                    process, Started.once(process.effort()), port, count -> requests(port, count), () -> {});
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private JsonObject realm() {
        var attributes = JsonObject.builder()
                .put("use.jwks.string", "true")
                .put("jwks.string", site.idTokens().jwks())
                .put("token.endpoint.auth.signing.alg", "RS256")
                .build();
        var client = JsonObject.builder()
                .put("clientId", CLIENT)
                .put("enabled", true)
                .put("protocol", "openid-connect")
                .put("publicClient", false)
                .put("standardFlowEnabled", false)
                .put("serviceAccountsEnabled", true)
                .put("clientAuthenticatorType", "client-jwt")
                .put("attributes", attributes)
                .build();
        var curve = JsonObject.builder()
                .put("priority", JsonArray.ofStrings(List.of("200")))
                .put("ecdsaEllipticCurveKey", JsonArray.ofStrings(List.of("P-256")))
                .build();
        var key = JsonObject.builder()
                .put("name", "ecdsa")
                .put("providerId", "ecdsa-generated")
                .put("config", curve)
                .build();
        return JsonObject.builder()
                .put("realm", REALM)
                .put("enabled", true)
                .put("sslRequired", "none")
                .put("accessTokenLifespan", 600)
                .put("defaultSignatureAlgorithm", "ES256")
                .put("clients", new JsonArray(List.of(client)))
                .put(
                        "components",
                        JsonObject.builder()
                                .put("org.keycloak.keys.KeyProvider", new JsonArray(List.of(key)))
                                .build())
                .build();
    }

    private List<byte[]> requests(int port, int count) {
        long now = site.idTokens().clock().instant().getEpochSecond();
        var run = UUID.randomUUID();
        return site
                .idTokens()
                .signed(
                        count,
                        number -> ClaimSet.of(Map.of(
                                "iss",
                                CLIENT,
                                "sub",
                                CLIENT,
                                "aud",
                                "http://127.0.0.1:" + port + "/realms/" + REALM,
                                "jti",
                                run + "-" + number,
                                "iat",
                                now,
                                "exp",
                                now + ASSERTION_SECONDS)))
                .stream()
                .map(assertion -> "grant_type=client_credentials&client_assertion_type="
                        + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion="
                        + assertion)
                .map(form -> HttpExchange.request(
                        "/realms/" + REALM + "/protocol/openid-connect/token",
                        FORM,
                        form.getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }
}
