// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the stack's schedule sends: for whoever may invoke the function, and nobody over HTTP. */
class EndCredentialsCommandTest {
    private static final String COMMAND = "{\"command\":\"end-credentials\"}";

    private final TestFunction function = new TestFunction();

    @AfterEach
    void stop() {
        function.close();
    }

    @Test
    void saysWhatWasDone() throws Exception {
        var report = invoke(COMMAND);

        assertThat(report.wholeNumber("ended")).hasValue(0);
        assertThat(report.wholeNumber("failed")).hasValue(0);
        assertThat(report.bool("whole")).contains(true);
    }

    @Test
    void anythingMoreThanTheCommandIsAnotherOne() throws Exception {
        assertThat(invoke("{\"command\":\"end-credentials\",\"by\":\"mallory\"}")
                        .string("error"))
                .contains("invalid_request");
    }

    @Test
    void nothingThatCameOverHttpIsThisCommand() throws Exception {
        var posted = LambdaEvents.event("POST", "/credential", COMMAND, true, "$default", Optional.empty());
        assertThat(invoke(posted).wholeNumber("statusCode").orElse(0)).isGreaterThanOrEqualTo(400);

        var withCommand = JsonObject.builder();
        StrictJson.parseObject(posted.getBytes(UTF_8)).members().forEach(withCommand::put);
        withCommand.put("command", "end-credentials");
        assertThat(invoke(JsonText.of(withCommand.build()))
                        .wholeNumber("statusCode")
                        .orElse(0))
                .isGreaterThanOrEqualTo(400);
    }

    private JsonObject invoke(String event) throws Exception {
        var output = new ByteArrayOutputStream();
        function.lambda.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), output, "R");
        return StrictJson.parseObject(output.toByteArray());
    }
}
