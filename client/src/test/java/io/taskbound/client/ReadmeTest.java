// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.examples.HolderExample;
import io.taskbound.client.examples.ResourceServerExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's Java is the examples' Java, and the examples do what they say. */
class ReadmeTest {
    private static final UUID JOB = UUID.fromString("6f1f6c8e-55f5-4b3c-9d2e-0b1f5f0a7c11");
    private static final byte[] ARTIFACT = "the jar".getBytes(StandardCharsets.UTF_8);

    private final IssuerStandIn issuer = new IssuerStandIn();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HolderExample", "ResourceServerExample"})
    void showsTheExampleAsItIsCompiled(String name) throws IOException {
        String source = Files.readString(
                Samples.ROOT.resolve("client/src/test/java/io/taskbound/client/examples/" + name + ".java"));
        String readme = Files.readString(Samples.ROOT.resolve("client/README.md"));
        assertThat(readme).contains("```java\n" + region(source) + "```\n");
    }

    @Test
    void theHolderWorksWithTheTokenAndClosesIt() {
        issuer.playing(exchange -> json(200, grantFor(issuer.received().get(0))).play(exchange), json(200, ""));
        var seen = new ArrayList<String>();
        assertThat(holder(seen)).isEqualTo("signed with " + Samples.HANDLE + ", Closed");
        assertThat(seen).containsExactly(Samples.TOKEN);
        assertThat(issuer.received()).extracting(IssuerStandIn.Received::path).containsExactly("/token", "/revoke");
    }

    @Test
    void theHolderDoesNotWorkWithAGrantForSomebodyElse() {
        issuer.playing(json(200, Samples.grant()));
        var seen = new ArrayList<String>();
        assertThat(holder(seen)).startsWith("try later: ");
        assertThat(seen).isEmpty();
    }

    @Test
    void theHolderPrintsARefusalAndDoesNotWork() {
        issuer.playing(json(400, Samples.refusal("invalid_authorization_details")));
        var seen = new ArrayList<String>();
        assertThat(holder(seen)).contains("taskbound policy explain --request-id 01JD-7");
        assertThat(seen).isEmpty();
        assertThat(issuer.only().form()).containsEntry("lease", "60");
    }

    @Test
    void theServerDoesNotDoItsJobAgain() {
        issuer.playing(json(200, "{\"active\":false,\"reason\":\"repeat\"}"));
        assertThat(server().maySign(Samples.TOKEN, ARTIFACT, JOB)).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({"spent,401", "closed,401", "not_permitted,403"})
    void theServerAnswersAReason(String reason, int status) {
        issuer.playing(json(200, "{\"active\":false,\"reason\":\"" + reason + "\"}"));
        assertThat(server().maySign(Samples.TOKEN, ARTIFACT, JOB)).isEqualTo(status);
    }

    @Test
    void theServerRedeemsForTheBytesItReceived() throws Exception {
        issuer.playing(json(200, Samples.activeWith("\"first_use\":true")));
        assertThat(server().maySign(Samples.TOKEN, ARTIFACT, JOB)).isEqualTo(200);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ARTIFACT));
        assertThat(issuer.only().form())
                .containsEntry("identifier", "artifact:acme/shop/app.jar@sha256:" + digest)
                .containsEntry("use_id", JOB.toString());
    }

    @Test
    void theServerAsksNobodyAboutWhatIsNoToken() {
        issuer.playing(json(500, ""));
        assertThat(server().maySign("two words", ARTIFACT, JOB)).isEqualTo(401);
        assertThat(server().mayRead("two words", "1")).isEqualTo(401);
        assertThat(issuer.received()).isEmpty();
    }

    @Test
    void theServerChecksOffline() {
        var forge = new TokenForge(issuer.url(), "kid-1");
        issuer.playing(json(200, forge.jwks()));
        // The example runs on the machine's clock.
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = forge.claims();
        claims.putAll(Map.of("iat", now, "nbf", now - 30, "exp", now + 300));
        claims.put(
                "authorization_details",
                List.of(TaskDetail.of("triage", "read", "ticket:1").toWire()));
        ResourceServerExample server = server();
        assertThat(server.mayRead(forge.signed(claims), "1")).isEqualTo(200);
        assertThat(server.mayRead(forge.signed(claims), "2")).isEqualTo(403);
        claims.put("exp", now);
        assertThat(server.mayRead(forge.signed(claims), "1")).isEqualTo(401);
    }

    private static String grantFor(IssuerStandIn.Received request) {
        return Samples.grant().replace(Samples.TXN.toString(), request.form().get("txn"));
    }

    private String holder(List<String> seen) {
        return new HolderExample(issuer.url())
                .sign(Samples.idTokenFor(issuer.url()).text(), Samples.ARTIFACT, token -> seen.add(token.reveal()));
    }

    private ResourceServerExample server() {
        return new ResourceServerExample(issuer.url(), Samples.SECRET, TokenForge.AUDIENCE);
    }

    private static String region(String source) {
        String body = source.substring(
                source.indexOf("// README begin\n") + "// README begin\n".length(),
                source.indexOf("    // README end"));
        return body.lines()
                .map(line -> line.startsWith("    ") ? line.substring(4) : line)
                .reduce("", (all, line) -> all + line + "\n");
    }
}
