// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.Ran;
import io.taskbound.cli.run.UnsignedJwt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see and what is sent, against answers of the wire; {@code TwoTerminalsIT} has the real issuer. */
class ApproveCommandTest {
    private static final String ID = "cnVucnVucnVucnVucnVucg.aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";
    /** {@code printf 'Rotate the root key\n::warning::x' | openssl dgst -sha256 -binary | basenc --base64url} */
    private static final String HASH = "97eUKULqmoVLTVdiDLXsQp1MZyKejdvrCbD4mCrFP30";

    /** One that a parser of options could take for one. */
    private static final String DASHED = "--hVucnVucnVucnVucnVucg".substring(0, 22) + ID.substring(22);

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile String answer = "";
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answer = shown(ID, "pending", true, "");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            calls.add(exchange.getRequestURI() + " " + form);
            var body = form.contains("decision=approve") ? answer.replace("\"pending\"", "\"approved\"") : answer;
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String shown(String id, String state, boolean mayDecide, String more) {
        return "{\"approval_id\":\"" + id + "\",\"approval_uri\":\"" + url() + "/approve/" + id + "\",\"state\":\""
                + state + "\",\"task\":\"rotate-root-key\",\"text\":\"Rotate the root key\\n::warning::x\","
                + "\"text_sha256\":\"of something else\",\"requested_at\":1795428000,\"expires_in\":600,"
                + "\"approvers\":[\"release-managers\"],\"approvals_needed\":1,\"may_decide\":" + mayDecide + more
                + ",\"decisions\":[]}";
    }

    private Ran run(String stdin, String... args) {
        return run(Map.of(), stdin, args);
    }

    private Ran run(Map<String, String> environment, String stdin, String... args) {
        var all =
                new HashMap<>(Map.of("TASKBOUND_ISSUER", url(), "TASKBOUND_ID_TOKEN", UnsignedJwt.forAudience(url())));
        all.putAll(environment);
        all.values().removeIf(String::isEmpty);
        return Ran.with(all, stdin, args);
    }

    private List<String> decisions() {
        return calls.stream().filter(call -> call.contains("decision=")).toList();
    }

    @Test
    void showsTheTextAsksAndSendsTheHashOfWhatWasShown() {
        var ran = run("y\n", "approve", ID, "--comment", "CHG0031337 & more");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("Approval " + ID + "\n" + url() + "/approve/" + ID
                        + "\n\n  Rotate the root key\n  ::warning::x\n\nHash of this text: " + HASH
                        + "\nIt waits for release-managers, ")
                .endsWith("Recorded: approved. The step can continue.\n");
        assertThat(ran.err()).isEqualTo("Approve? [y/N] ");
        assertThat(calls).hasSize(2).allMatch(call -> call.startsWith("/approvals/" + ID + " "));
        assertThat(decisions())
                .singleElement()
                .asString()
                .contains("&decision=approve")
                .contains("&shown=" + HASH + "&comment=CHG0031337+%26+more");
    }

    @ParameterizedTest
    @CsvSource({"-urgent, -urgent", "=CHG0031337, %3DCHG0031337"})
    void aCommentIsRecordedAsItWasTyped(String comment, String sent) {
        assertThat(run("y\n", "approve", ID, "--comment", comment).code()).isZero();
        assertThat(decisions()).singleElement().asString().contains("&comment=" + sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n\n", "\n", "yess\n"})
    void recordsNothingWithoutAYes(String typed) {
        var ran = run(typed, "approve", ID);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("Not confirmed, so nothing was changed.");
        assertThat(decisions()).isEmpty();
    }

    @Test
    void deniesInTheSameWay() {
        var ran = run("", "deny", ID, "--yes");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).endsWith("Recorded: denied. The step will not get a token.\n");
        assertThat(decisions())
                .singleElement()
                .asString()
                .contains("decision=deny")
                .doesNotContain("comment=");
    }

    @Test
    void printsJsonForAProgramAndTheRestForPeople() {
        var ran = run("", "approve", ID, "--yes", "--json");
        assertThat(ran.out())
                .isEqualTo("{\"approval_id\":\"" + ID + "\",\"decision\":\"approve\",\"state\":\"approved\","
                        + "\"approvals_given\":0,\"approvals_needed\":1}\n");
        assertThat(ran.err()).contains("  Rotate the root key\n");
    }

    @Test
    void noLineIsACommandToTheRunnerOfGithub() {
        var ran = run(Map.of("GITHUB_ACTIONS", "true"), "", "approve", ID, "--yes");
        assertThat(ran.out()).contains("  \\u003A:warning::x\n").doesNotContainPattern("(?m)^\\s*::");
    }

    @Test
    void takesTheWholeAddressAndItsIssuer() {
        var ran = run(Map.of("TASKBOUND_ISSUER", ""), "y\n", "approve", url() + "/approve/" + ID);
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void takesAnIdThatLooksLikeAnOption() {
        answer = shown(DASHED, "pending", true, "");
        assertThat(run("y\n", "approve", DASHED).code()).isZero();
        assertThat(calls).allMatch(call -> call.startsWith("/approvals/" + DASHED + " "));
    }

    @Test
    void refusesAnAddressOfAnotherIssuer() {
        var ran = run("y\n", "approve", "https://tokens.evil.example/approve/" + ID);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("The address is not of your issuer: that is " + url() + ", in TASKBOUND_ISSUER.")
                .contains("Ask whoever sent it.");
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "approve, Missing required parameter: 'APPROVAL'",
        "approve short, Not an approval.",
        "approve https://tokens.acme.example/approve/short, Not an approval.",
        "approve ftp://x/approve/ID, Not an approval.",
    })
    void aWrongCommandLineIsAUsageError(String line, String message) {
        var ran = run("", line.replace("ID", ID).split(" "));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(message);
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "a\u001b[31m"})
    void aCommentThatIsNoneIsAUsageErrorBeforeAnythingIsSent(String comment) {
        var ran = run("", "approve", ID, "--yes", "--comment", comment);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--comment must be ");
        assertThat(calls).isEmpty();
    }

    @Test
    void doesNotAskWhoMayNotDecide() {
        answer = shown(ID, "pending", false, ",\"why\":\"you asked for it yourself\"");
        var ran = run("y\n", "approve", ID);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("  Rotate the root key\n");
        assertThat(ran.err())
                .isEqualTo("taskbound: You may not decide on it: you asked for it yourself.\nNothing was recorded.\n");
        assertThat(decisions()).isEmpty();
    }

    @Test
    void decidesOnTheTextThatWasReadBefore() {
        assertThat(run("", "approve", ID, "--yes", "--shown", HASH).code()).isZero();
        assertThat(decisions()).singleElement().asString().contains("&shown=" + HASH);
    }

    /** Of 64 hashes, one begins with a dash; of those, one with that of an option. */
    @ParameterizedTest
    @ValueSource(
            strings = {"approve ID --yes --shown HASH", "approve ID --yes --shown=HASH", "deny --shown HASH ID --yes"})
    void takesAHashThatLooksLikeAnOption(String line) {
        answer = answer.replace("Rotate the root key\\n::warning::x", "Rotate key 1731");
        var hash = "-hPWJtDsyoTfnxMvbI9c61Xt0kdPZFd-Gpp9W2pXFUM";
        var ran = run("", line.replace("ID", ID).replace("HASH", hash).split(" "));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(decisions()).singleElement().asString().contains("&shown=" + hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "deny"})
    void doesNotDecideOnAnotherTextThanWasRead(String verb) {
        answer = answer.replace("Rotate the root key", "Delete the root key");
        var ran = run("y\n", verb, ID, "--yes", "--shown", HASH);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("  Delete the root key\n");
        assertThat(ran.err())
                .isEqualTo("taskbound: The text has changed: --shown is not its hash.\n"
                        + "Nothing was recorded. Read the text above; if you agree with it, give its hash.\n");
        assertThat(decisions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "97eUKULqmoVLTVdiDLXsQp1MZyKejdvrCbD4mCrFP3=",
                "97eUKULqmoVLTVdiDLXsQp1MZyKejdvrCbD4mCrFP30x"
            })
    void aHashThatIsNoneIsAUsageErrorBeforeAnythingIsSent(String hash) {
        var ran = run("", "approve", ID, "--yes", "--shown", hash);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("--shown must be the hash of the text: 43 characters.")
                .contains("It is the line below the text that `taskbound approve` prints.");
        assertThat(calls).isEmpty();
    }

    @Test
    void takesAnApprovalBack() {
        answer = shown(ID, "approved", false, ",\"may_deny\":true,\"why\":\"you have decided before\"");
        assertThat(run("y\n", "approve", ID).code()).isEqualTo(1);
        assertThat(run("y\n", "deny", ID).code()).isZero();
        assertThat(decisions()).singleElement().asString().contains("decision=deny");
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, Who may approve is in the policy.",
        "invalid_request, Use a fresh ID token",
        "expired_token, The step has to ask again."
    })
    void saysWhyTheIssuerRefused(String code, String remedy) {
        status = 400;
        answer = "{\"error\":\"" + code + "\",\"error_description\":\"the issuer's words\",\"request_id\":\"r-7\"}";
        var ran = run("y\n", "approve", ID);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("taskbound: " + url() + " refused: the issuer's words (" + code + ").")
                .contains(remedy)
                .contains("Its request id is r-7.");
    }

    @Test
    void doesNotShowATextThatAScreenWouldChange() {
        answer = answer.replace("Rotate the", "Rotate\\u001b[2K the");
        var ran = run("y\n", "approve", ID);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("the address answered 200 without a whole approval");
        assertThat(decisions()).isEmpty();
    }

    @Test
    void sendsNoIdTokenOfSomebodyElse() {
        var ran = run(
                Map.of("TASKBOUND_ID_TOKEN", UnsignedJwt.forAudience("https://elsewhere.example")), "", "approve", ID);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The ID token was not sent to " + url());
        assertThat(calls).isEmpty();
    }

    @Test
    void listsWhatWaits() {
        answer = "{\"approvals\":[{\"approval_id\":\"" + ID + "\",\"approval_uri\":\"" + url() + "/approve/" + ID
                + "\",\"task\":\"rotate-root-key\",\"project\":\"acme/shop\",\"run\":\"42\",\"link\":\"https://ci.example/42\","
                + "\"requested_at\":1795428000,\"expires_in\":1700}]}";
        var ran = run("", "approvals");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .startsWith("rotate-root-key of acme/shop, run 42: asked ")
                .endsWith(" min left\n  run: https://ci.example/42\n  page: " + url() + "/approve/" + ID
                        + "\n  taskbound approve " + ID + "\n");
        assertThat(run("", "approvals", "--json").out())
                .startsWith("{\"approvals\":[{\"approval_id\":\"" + ID + "\",\"approval_uri\":\"" + url() + "/approve/"
                        + ID)
                .endsWith("}]}\n");
        assertThat(calls).allMatch(call -> call.startsWith("/approvals "));
    }

    @Test
    void saysThatNothingWaits() {
        answer = "{\"approvals\":[]}";
        assertThat(run("", "approvals").out()).isEqualTo("Nothing waits for you.\n");
    }

    @Test
    void needsAnIssuer() {
        for (var line : List.of("approvals", "approve " + ID)) {
            var ran = run(Map.of("TASKBOUND_ISSUER", ""), "", line.split(" "));
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("--issuer is missing, and TASKBOUND_ISSUER is not set.");
        }
        assertThat(Arrays.asList(run("", "approvals", "--issuer", "ftp://x").code()))
                .containsExactly(2);
    }
}
