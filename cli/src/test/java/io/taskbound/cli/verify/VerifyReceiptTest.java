// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.Ran;
import io.taskbound.json.StrictJson;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify RECEIPT}, with the sample of contract/receipt. */
class VerifyReceiptTest {
    private static final Path FOLDER = Path.of(System.getProperty("taskbound.root"), "contract", "receipt");
    private static final String RECEIPT = FOLDER.resolve("receipt.intoto.json").toString();
    private static final String KEYS = FOLDER.resolve("jwks.json").toString();

    @TempDir
    private Path folder;

    @Test
    void tellsTheTokensStoryInPlainWords() {
        var ran = Ran.of("verify", RECEIPT, "--keys", KEYS);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains(
                        "task       sign-release",
                        "asked by   github, acme/shop",
                        "run        https://github.com/acme/shop/actions/runs/7001/attempts/1",
                        "started by octocat",
                        "redeemed   2026-11-23T10:00:01.560Z, by signer: sign artifact:acme/shop/app.jar",
                        "ended      2026-11-23T10:00:01.560Z, used up: signer redeemed its last use",
                        "signature  valid, by key neYEeNKRIRgZrgNAAPOYM4Rd3G-zaYc20BJXOyQsvJk",
                        "that the work was done, only that server can say.");
    }

    /** docs/receipts.md shows the very output. */
    @Test
    void thePageShowsTheStoryAsItIs() throws Exception {
        var page = Files.readString(FOLDER.resolve("../../docs/receipts.md"));
        assertThat(page)
                .contains("taskbound verify @contract/receipt/receipt.intoto.json --keys contract/receipt/jwks.json")
                .contains("```\n"
                        + Ran.of("verify", RECEIPT, "--keys", KEYS).out().strip() + "\n```");
    }

    @Test
    void refusesAChangedByteAndTellsNothingOfIt() throws Exception {
        var text = Files.readString(Path.of(RECEIPT));
        int at = text.indexOf("\"payload\":\"") + 200;
        var changed = text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
        var file = Files.writeString(folder.resolve("changed.json"), changed);

        var ran = Ran.of("verify", file.toString(), "--keys", KEYS);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .isEqualToIgnoringNewLines(
                        "receipt    not acceptable: its signature does not verify: it was changed, or another key signed"
                                + " it");
        assertThat(Ran.of("verify", file.toString(), "--keys", KEYS, "--json").out())
                .contains("\"holds\":false,\"flaw\":\"bad_signature\"");
    }

    @Test
    void saysAllOfItToPrograms() throws Exception {
        var ran = Ran.of("verify", "@" + RECEIPT, "--keys", KEYS, "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        var said = StrictJson.parseObject(ran.out().getBytes(StandardCharsets.UTF_8));
        assertThat(said.bool("holds")).contains(true);
        assertThat(said.object("statement").flatMap(statement -> statement.string("predicateType")))
                .contains("https://taskbound.example/receipt/v1");
    }

    @Test
    void readsStandardInputToo() throws Exception {
        var ran = Ran.with(Map.of(), Files.readString(Path.of(RECEIPT)), "verify", "--keys", KEYS);
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void wantsKeysThatTheUserTrusts() {
        var ran = Ran.of("verify", RECEIPT);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("No keys to verify the receipt with.")
                .contains("Name a saved key set with --keys FILE, or the issuer that you trust with --issuer URL.");
    }

    @Test
    void refusesAKeySetWithoutAKey() throws Exception {
        var file = Files.writeString(folder.resolve("keys.json"), "{\"keys\":[]}");
        var ran = Ran.of("verify", RECEIPT, "--keys", file.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("The key set holds no key that signs receipts.");
    }

    @Test
    void saysWhereAnOldKeyMayBe() throws Exception {
        var other = Files.writeString(
                folder.resolve("other.json"), Files.readString(Path.of(KEYS)).replace("\"kid\":\"n", "\"kid\":\"m"));
        var ran = Ran.of("verify", RECEIPT, "--keys", other.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("none of these keys has its key id")
                .contains("Use the key set that was saved with the receipt");
    }

    @Test
    void refusesTheReceiptOfAnotherIssuerThanTheOneThatIsMeant() {
        assertThat(Ran.of("verify", RECEIPT, "--keys", KEYS, "--issuer", "https://tokens.acme.example")
                        .code())
                .isZero();
        var ran = Ran.of("verify", RECEIPT, "--keys", KEYS, "--issuer", "https://other.example");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("it names another issuer");
    }

    /** The keys come from the issuer that was named: here one whose URL the sample does not name. */
    @Test
    void fetchesTheKeysOfTheIssuerThatIsNamed() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var keys = Files.readAllBytes(Path.of(KEYS));
        server.createContext("/.well-known/jwks.json", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort();
            var ran = Ran.of("verify", RECEIPT, "--issuer", url);
            assertThat(ran.out()).contains("it names another issuer");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void writesTheKeyForOtherTools() throws Exception {
        var pem = folder.resolve("key.pem");
        assertThat(Ran.of("verify", RECEIPT, "--keys", KEYS, "--pem", pem.toString())
                        .code())
                .isZero();
        var lines = Files.readAllLines(pem);
        assertThat(lines.get(0)).isEqualTo("-----BEGIN PUBLIC KEY-----");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("-----END PUBLIC KEY-----");
        var der = Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
        assertThat(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der)))
                .isNotNull();
    }

    @Test
    void tellsATokensOptionsFromAReceipts() {
        var ofToken = Ran.of("verify", RECEIPT, "--keys", KEYS, "--client-id", "signer");
        assertThat(ofToken.code()).isEqualTo(2);
        assertThat(ofToken.err()).contains("--client-id and --secret-file are for a token, and this is a receipt.");
        var ofReceipt = Ran.with(Map.of(), "a.b.c", "verify", "--keys", KEYS);
        assertThat(ofReceipt.code()).isEqualTo(2);
        assertThat(ofReceipt.err()).contains("--keys and --pem are for a receipt, and this is none.");
    }

    @Test
    void refusesWhatIsTooLongToBeEither() throws Exception {
        var file = Files.writeString(folder.resolve("long.json"), "{" + " ".repeat(300_000) + "}");
        var ran = Ran.of("verify", file.toString(), "--keys", KEYS);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("longer than 256 KB");
        assertThat(Ran.with(Map.of(), "{}", "verify", "--keys", KEYS).code()).isEqualTo(1);
    }
}
