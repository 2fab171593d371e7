// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code receipt} has the issuer's function make it: a stand-in answers for Lambda, and there is no STS. */
class ReceiptCommandTest {
    private static final String HANDLE = "-" + "A".repeat(21) + "." + "B".repeat(32);
    private static final String ENVELOPE =
            "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"e30=\",\"signatures\":[{}]}";

    @TempDir
    private Path folder;

    private final List<String> invocations = new ArrayList<>();
    private HttpServer aws;
    private String answer = ENVELOPE;
    private int status = 200;
    private Optional<String> functionError = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", this::handle);
        aws.start();
    }

    @AfterEach
    void stop() {
        aws.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().getPath();
            if (!path.startsWith("/2015-03-31/")) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            invocations.add(path + " " + new String(body, UTF_8));
            functionError.ifPresent(kind -> exchange.getResponseHeaders().set("X-Amz-Function-Error", kind));
            exchange.sendResponseHeaders(status, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
        }
    }

    private Ran receipt(String... args) {
        var line = new ArrayList<>(List.of("receipt"));
        line.addAll(Arrays.asList(args));
        line.addAll(
                List.of("--endpoint-url", "http://127.0.0.1:" + aws.getAddress().getPort()));
        return Ran.with(
                Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"),
                "",
                line.toArray(String[]::new));
    }

    @Test
    void theFunctionMakesItAndHearsWhoAsks() {
        var ran = receipt("--function", "issuer", HANDLE);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out().strip()).isEqualTo(ENVELOPE);
        assertThat(invocations)
                .containsExactly("/2015-03-31/functions/issuer/invocations {\"command\":\"receipt\",\"handle\":\""
                        + HANDLE + "\",\"by\":\"local:" + System.getProperty("user.name") + "\"}");
    }

    @Test
    void writesItToAFile() throws Exception {
        var file = folder.resolve("receipt.json");
        assertThat(receipt("--function", "issuer", "--output", file.toString(), HANDLE)
                        .code())
                .isZero();
        assertThat(Files.readString(file)).isEqualTo(ENVELOPE + "\n");
        var ran = receipt("--function", "issuer", "--output", folder.toString(), HANDLE);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The receipt cannot be written to");
    }

    @Test
    void passesOnThatThereIsNoSuchTokenOrNoReceiptNow() {
        answer = "{\"error\":\"invalid_grant\",\"error_description\":\"x\",\"request_id\":\"r-1\"}";
        assertThat(receipt("--function", "issuer", HANDLE).err()).contains("The issuer has no record of the token");
        answer = "{\"error\":\"temporarily_unavailable\",\"error_description\":\"x\",\"request_id\":\"r-1\"}";
        var away = receipt("--function", "issuer", HANDLE);
        assertThat(away.code()).isEqualTo(1);
        assertThat(away.err()).contains("The issuer cannot make the receipt now.", "r-1");
    }

    @Test
    void saysWhatElseWentWrong() {
        answer = "{\"statusCode\":404}";
        assertThat(receipt("--function", "issuer", HANDLE).err())
                .contains("does not answer as an issuer of this version");
        functionError = Optional.of("Unhandled");
        assertThat(receipt("--function", "issuer", HANDLE).err()).contains("The function issuer failed.");
        functionError = Optional.empty();
        status = 404;
        answer = "{}";
        assertThat(receipt("--function", "issuer", HANDLE).code()).isEqualTo(1);
        assertThat(invocations).as("each asks once").hasSize(3);
    }

    @Test
    void saysWhatItWasCalledWithoutOrWrongly() {
        assertUsage(receipt(HANDLE), "No issuer to ask for the receipt.");
        assertUsage(receipt("--function", "issuer", "eyJhbGciOi"), "Not a token's handle.");
        assertUsage(receipt("--function", "a b", HANDLE), "--function is not the name of a function.");
        assertUsage(receipt("--function", "issuer", "--table", "taskbound", HANDLE), "--table goes with --data only.");
        assertUsage(
                receipt("--function", "issuer", "--data", folder.toString(), HANDLE),
                "--function and --data name two issuers.");
        assertUsage(receipt("--data", folder.toString(), HANDLE), "The receipt must name its issuer.");
        assertThat(invocations).isEmpty();
    }

    @Test
    void makesNoSigningKeyWhereThereIsNone() {
        var ran = Ran.of("receipt", "--data", folder.toString(), "--issuer", "https://tokens.acme.example", HANDLE);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("holds no signing key.");
        assertThat(folder).isEmptyDirectory();
    }

    private static void assertUsage(Ran ran, String why) {
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(why);
    }
}
