// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.TaskboundProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k\"}";

    @TempDir
    private Path folder;

    @Test
    void refusesWhatIsNoToken() {
        for (var text : new String[] {"nonsense", "a.b.c", "..", "a.b"}) {
            var ran = Ran.with(Map.of(), text, "verify", "-");
            assertThat(ran.code()).as(text).isEqualTo(1);
            assertThat(ran.err()).contains("Not a task token");
        }
    }

    @Test
    void refusesEmptyInputAndAbsentFiles() {
        assertThat(Ran.with(Map.of(), "", "verify").code()).isEqualTo(2);
        assertThat(Ran.of("verify", "@" + folder.resolve("none")).code()).isEqualTo(2);
    }

    @Test
    void saysThatAnExpiredTokenIsExpired() {
        var ran = Ran.with(Map.of(), token("{\"exp\":1000}"), "verify");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("time       expired").contains("signature  not checked");
    }

    @Test
    void namesTheKeyThatTheTokenIsBoundTo() {
        var bound = Ran.with(Map.of(), token("{\"exp\":1000,\"cnf\":{\"jkt\":\"a\\u001b[31mthumbprint\"}}"), "verify");
        assertThat(bound.out())
                .contains("bound to   the key a")
                .contains("[31mthumbprint")
                .doesNotContain("\u001b");
        assertThat(Ran.with(Map.of(), token("{\"exp\":1000,\"cnf\":7}"), "verify")
                        .out())
                .doesNotContain("bound to");
    }

    @Test
    void fetchesNoKeysForAnIssuerThatTheUserDidNotName() {
        var token = token("{\"iss\":\"http://127.0.0.1:1\",\"exp\":99999999999}");
        var ran = Ran.with(Map.of(), token, "verify", "--issuer", "https://tokens.acme.example");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("not https://tokens.acme.example; no keys fetched");
    }

    @Test
    void writesForeignTextWithoutItsControlCharacters() {
        var ran = Ran.with(Map.of(), token("{\"jti\":\"a\\u001b[31mb\\nalive yes\",\"exp\":1}"), "verify");
        assertThat(ran.out()).doesNotContain("\u001b").doesNotContain("\nalive yes");
    }

    @Test
    void wantsNameAndSecretTogether() {
        var ran =
                Ran.with(Map.of(), token("{\"exp\":1}"), "verify", "--issuer", "https://a.example", "--client-id", "s");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void tellsALivingTokenFromAClosedAndAForgedOne() throws Exception {
        var data = folder.resolve("data");
        try (var issuer = TaskboundProcess.start("serve", "--dev", "--port", "0", "--data", data.toString())) {
            var url = issuer.awaitUrl();
            var token = Ran.of(
                            "dev",
                            "token",
                            "--as",
                            "github:acme/shop@main",
                            "--task",
                            "deploy",
                            "--identifier",
                            "environment:acme/shop/staging",
                            "--issuer",
                            url)
                    .out();
            var good = verify(token, url);
            assertThat(good.out())
                    .contains("may        deploy: deploy environment:acme/shop/staging", "signature  valid");
            assertThat(good.code()).as(good.err()).isZero();

            int end = token.lastIndexOf('.');
            var forged = verify(token.substring(0, end + 1) + flipped(token.substring(end + 1)), url);
            assertThat(forged.code()).isEqualTo(1);
            assertThat(forged.out()).contains("signature  not acceptable: bad signature");

            // Its server must redeem, so introspection never says that a limited token is alive.
            var asked = Ran.with(
                    Map.of("TASKBOUND_ISSUER", url),
                    token,
                    "verify",
                    "--client-id",
                    "dev",
                    "--secret-file",
                    data.resolve("dev/secret").toString());
            assertThat(asked.out())
                    .contains("alive      not told: its uses are limited, so only a redeem by its server can tell");
            assertThat(asked.code()).as("a healthy token").isZero();

            var json = Ran.with(Map.of("TASKBOUND_ISSUER", url), token, "verify", "--json");
            assertThat(json.code()).as(json.err()).isZero();
            assertThat(json.out())
                    .startsWith("{\"holds\":true,\"checks\":[{\"about\":\"time\"")
                    .contains(
                            "\"about\":\"signature\",\"answer\":\"valid, by " + url + "\",\"holds\":true",
                            "\"claims\":{")
                    .doesNotContain(token.strip());

            var stranger = Files.writeString(folder.resolve("wrong.secret"), "x".repeat(43));
            var wrong = Ran.with(
                    Map.of("TASKBOUND_ISSUER", url),
                    token,
                    "verify",
                    "--client-id",
                    "dev",
                    "--secret-file",
                    stranger.toString());
            assertThat(wrong.out()).contains("no answer: invalid_client");
        }
    }

    private static Ran verify(String token, String url) {
        return Ran.with(Map.of(), token, "verify", "--issuer", url);
    }

    private static String flipped(String signature) {
        return (signature.charAt(0) == 'A' ? 'B' : 'A') + signature.substring(1);
    }

    private static String token(String claims) {
        return base64(HEADER) + "." + base64(claims) + ".c2ln";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
