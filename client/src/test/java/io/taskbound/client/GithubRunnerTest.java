// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GithubRunnerTest {
    private static final String URL = "https://runner.example/id?api-version=2.0";
    private static final Map<String, String> JOB = Map.of(GithubRunner.URL, URL, GithubRunner.TOKEN, "CANARY");

    private final TestClock clock = new TestClock();
    private final List<TransportRequest> requests = new ArrayList<>();
    private final Map<String, String> headers = new HashMap<>();
    private int failures;
    private int status = 200;
    private String body = "{\"count\":1,\"value\":\"a.b.c\"}";

    @Test
    void asksForTheAudienceWithTheJobsBearer() {
        assertThat(fetch("https://tokens.acme.example/a b&c")).isInstanceOf(GithubRunner.Answer.Fetched.class);
        TransportRequest request = requests.get(0);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.uri()).hasToString(URL + "&audience=https%3A%2F%2Ftokens.acme.example%2Fa+b%26c");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer CANARY");
    }

    @Test
    void triesAgainWhenItIsBusyAndWaitsAsLongAsItAsks() {
        failures = 2;
        headers.put("Retry-After", "7");
        assertThat(fetch("x")).isInstanceOf(GithubRunner.Answer.Fetched.class);
        assertThat(requests).hasSize(3);
        assertThat(Duration.between(TestClock.START, clock.instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(14));
    }

    @Test
    void givesUpAfterTheTriesOfThePatience() {
        failures = 9;
        assertThat(why("x")).isEqualTo("it answered 503");
        assertThat(requests).hasSize(Patience.DEFAULT.attempts());
    }

    static Stream<Arguments> badAndGoodAnswers() {
        return Vectors.read("retry.json").cases("id_token_cases");
    }

    @ParameterizedTest
    @MethodSource("badAndGoodAnswers")
    void asksAgainOnAnythingButAnIdToken(Map<String, Object> vector) {
        var script = new ScriptedTransport(clock, Vectors.objects(vector.get("turns")));
        GithubRunner.Answer answer = runner(script).fetch("x");
        assertThat(clock.pauses().stream().map(Duration::toMillis))
                .containsExactlyElementsOf(Vectors.numbers(vector.get("pauses_ms")));
        assertThat(script.turnsLeft()).isZero();
        assertThat(answer instanceof GithubRunner.Answer.Fetched ? "fetched" : "none")
                .isEqualTo(vector.get("end"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<html>CANARY</html>|it did not answer with JSON",
                "{}|its answer holds none (ID token is empty)",
                "{\"value\":7}|its answer holds none (ID token is empty)",
                "{\"value\":\"CANARY CANARY\"}|its answer holds none (ID token holds a character that no token has)"
            })
    void saysWhatIsWrongWithAnAnswerAndDoesNotShowIt(String answer, String why) {
        body = answer;
        assertThat(why("x")).isEqualTo(why);
    }

    @Test
    void saysThatNobodyAnswers() {
        GithubRunner runner = runner(request -> {
            throw new ConnectException("CANARY");
        });
        assertThat(why(runner.fetch("x"))).isEqualTo("no connection to runner.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANARY no url", "CANARY", "ftp://CANARY.example/", "https:CANARY"})
    void refusesAnUrlThatNoRunnerSetsAndDoesNotShowIt(String url) {
        Map<String, String> forged = Map.of(GithubRunner.URL, url, GithubRunner.TOKEN, "CANARY");
        assertThatThrownBy(() -> GithubRunner.of(forged, calls(this::answer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("CANARY")
                .hasNoCause();
    }

    @Test
    void isNotThereWithoutBothVariables() {
        for (String name : JOB.keySet()) {
            assertThat(GithubRunner.of(Map.of(name, "x"), calls(this::answer))).isEmpty();
        }
        assertThat(GithubRunner.of(Map.of(GithubRunner.URL, "", GithubRunner.TOKEN, ""), calls(this::answer)))
                .isEmpty();
    }

    @Test
    void neverShowsItsSecret() {
        assertThat(runner(this::answer).toString() + fetch("x")).doesNotContain("CANARY", "a.b.c");
    }

    private TransportAnswer answer(TransportRequest request) {
        requests.add(request);
        return new TransportAnswer(requests.size() <= failures ? 503 : status, headers, body.getBytes(UTF_8));
    }

    private GithubRunner.Answer fetch(String audience) {
        return runner(this::answer).fetch(audience);
    }

    private String why(String audience) {
        return why(fetch(audience));
    }

    private static String why(GithubRunner.Answer answer) {
        return answer.match(fetched -> "fetched", GithubRunner.Answer.NotFetched::why);
    }

    private GithubRunner runner(Transport transport) {
        return GithubRunner.of(JOB, calls(transport)).orElseThrow();
    }

    private Calls calls(Transport transport) {
        return new Calls("it", transport, clock, clock, () -> 0.5);
    }
}
