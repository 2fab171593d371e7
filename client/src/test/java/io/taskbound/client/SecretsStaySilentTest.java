// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.busy;
import static io.taskbound.client.IssuerStandIn.cutOff;
import static io.taskbound.client.IssuerStandIn.html;
import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every secret of the samples, and every strange body of the stand-in, holds the word CANARY. */
class SecretsStaySilentTest {
    private static final ServerCredentials SERVER = ServerCredentials.of("signer", Samples.SECRET);
    private static final TaskToken TOKEN = TaskToken.of(Samples.TOKEN);

    private final IssuerStandIn issuer = new IssuerStandIn();
    private final IssuerClient client = Samples.client(issuer, new TestClock()).build();

    @AfterEach
    void stop() {
        issuer.close();
    }

    static Stream<IssuerStandIn.Turn> answers() {
        String echo = "{\"error\":\"invalid_request\",\"error_description\":\"got %s\",\"request_id\":\"%s\"}";
        return Stream.of(
                html(200),
                html(400),
                html(500),
                busy(503, "CANARY"),
                cutOff(),
                json(200, "{\"access_token\":\"CANARY\"}"),
                json(200, "{\"active\":true,\"jti\":\"CANARY\"}"),
                json(200, Samples.grant().replace("Bearer", "CANARY")),
                json(400, "{\"error\":\"CANARY\"}"),
                json(400, String.format(echo, Samples.idToken().text(), "CANARY CANARY")),
                json(400, String.format(echo, Samples.TOKEN, "CANARY CANARY")),
                json(401, String.format(echo, Samples.SECRET, "CANARY CANARY")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void noAnswerOfAnyVerbShowsOne(IssuerStandIn.Turn turn) {
        issuer.playing(turn);
        List<Object> answers = List.of(
                client.mint(Samples.idToken(), Samples.request()),
                client.renew(TOKEN, Samples.HOLDER),
                client.close(TOKEN),
                client.close(Samples.idToken(), TokensToClose.allOfJob()),
                client.introspect(SERVER, TOKEN),
                client.redeem(SERVER, TOKEN, Use.once("sign", Samples.ARTIFACT)));
        // Each verb is sent one secret; an echo of another verb's is not its to know.
        assertThat(answers).allSatisfy(answer -> assertThat(answer.toString()).doesNotContain("CANARY-IN-BODY"));
        assertThat(answers.get(0).toString()).doesNotContain(Samples.idToken().text());
        assertThat(answers.subList(1, 3).toString()).doesNotContain(Samples.TOKEN);
        assertThat(answers.get(3).toString()).doesNotContain(Samples.idToken().text());
        assertThat(answers.subList(4, 6).toString()).doesNotContain(Samples.SECRET, Samples.TOKEN);
    }

    @Test
    void noTextOfAGrantOrAHeldTokenShowsOne() {
        issuer.playing(json(200, Samples.grant()));
        MintAnswer.Granted granted = (MintAnswer.Granted) client.mint(Samples.idToken(), Samples.request());
        HeldToken held = client.hold(granted.token(), LeaseListener.ignoring());
        assertThat(List.of(granted, granted.token(), held, held.token(), held.end(), SERVER, Samples.idToken(), TOKEN))
                .allSatisfy(shown -> assertThat(shown.toString()).doesNotContain("CANARY"));
        assertThat(new FormBody().with("token", Samples.TOKEN).toString()).isEqualTo("FormBody[token]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANARY CANARY", "CANARY\nCANARY", "CANARY\u0000", "CANARY\u00e9"})
    void noExceptionShowsOne(String text) {
        for (Throwable fault : List.of(
                catchThrowable(() -> IdToken.of(text)),
                catchThrowable(() -> TaskToken.of(text)),
                catchThrowable(() -> ServerCredentials.of("signer", text)))) {
            var trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace));
            assertThat(fault).isInstanceOf(IllegalArgumentException.class);
            assertThat(trace.toString()).doesNotContain("CANARY");
        }
    }
}
