// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.StrictJson;
import io.taskbound.receipt.OpenedReceipt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The administrator's way to a receipt: whoever may invoke the function, and nobody over HTTP. */
class ReceiptCommandTest {
    private final TestFunction function = new TestFunction();

    @AfterEach
    void stop() {
        function.close();
    }

    @Test
    void givesTheReceiptOfAnyTokenAndNotesWhoAsked() throws Exception {
        var jti = function.mint().text("jti");

        var envelope = invoke(command("receipt", jti));

        assertThat(OpenedReceipt.predicate(envelope, function.issuer.signer.published())
                        .string("jti"))
                .contains(jti);
        assertThat(function.issuer.lastAudit())
                .contains(
                        "\"event\":\"receipt\"",
                        "\"result\":\"signed\"",
                        "\"request_id\":\"" + new StandInContext().getAwsRequestId() + "\"",
                        "\"by\":\"arn:aws:iam::123456789012:user/jane\"");
    }

    @Test
    void refusesAHandleThatNobodyKnows() throws Exception {
        var answer = invoke(command("receipt", "A".repeat(22) + "." + "B".repeat(32)));
        assertThat(answer.string("error")).contains("invalid_grant");
        assertThat(function.issuer.lastAudit()).contains("\"reason\":\"unknown_handle\"");
    }

    @Test
    void refusesWhatIsNoCommandOfThisVersion() throws Exception {
        var jti = function.mint().text("jti");
        for (var bad : new JsonObject[] {
            command("mint", jti),
            command("receipt", "no handle"),
            JsonObject.builder().put("command", "receipt").put("handle", jti).build(),
            JsonObject.builder()
                    .put("command", "receipt")
                    .put("handle", jti)
                    .put("by", "jane")
                    .put("for", "fun")
                    .build(),
            JsonObject.builder()
                    .put("command", "receipt")
                    .put("handle", jti)
                    .put("by", "ja\nne")
                    .build()
        }) {
            assertThat(invoke(bad).string("error")).as(bad.toString()).contains("invalid_request");
        }
    }

    /** Whatever is sent over HTTP is inside an event that API Gateway makes, and never commands. */
    @Test
    void nothingThatCameOverHttpIsACommand() throws Exception {
        var jti = function.mint().text("jti");
        var smuggled = JsonText.of(command("receipt", jti));
        var posted = LambdaEvents.event("POST", "/receipt", smuggled, true, "$default", Optional.empty());
        assertThat(invoke(posted).wholeNumber("statusCode")).hasValue(400);

        var both = StrictJson.parseObject(posted.getBytes(UTF_8));
        var withCommand = JsonObject.builder();
        both.members().forEach(withCommand::put);
        withCommand.put("command", "receipt").put("handle", jti).put("by", "mallory");
        assertThat(invoke(JsonText.of(withCommand.build())).wholeNumber("statusCode"))
                .hasValue(400);
    }

    @Test
    void saysThatThereIsNoneWhileTheSignerIsAway() throws Exception {
        var fresh = new TestFunction();
        try {
            fresh.signerLack = Optional.of(Missing.SIGNING_KEY_UNREACHABLE);
            var answer = invoke(fresh, JsonText.of(command("receipt", "A".repeat(22) + "." + "B".repeat(32))));
            assertThat(answer.string("error")).contains("temporarily_unavailable");
        } finally {
            fresh.close();
        }
    }

    private static JsonObject command(String name, String handle) {
        return JsonObject.builder()
                .put("command", name)
                .put("handle", handle)
                .put("by", "arn:aws:iam::123456789012:user/jane")
                .build();
    }

    private JsonObject invoke(JsonObject command) throws Exception {
        return invoke(JsonText.of(command));
    }

    private JsonObject invoke(String event) throws Exception {
        return invoke(function, event);
    }

    private static JsonObject invoke(TestFunction function, String event) throws Exception {
        var output = new ByteArrayOutputStream();
        function.lambda.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), output, new StandInContext());
        return StrictJson.parseObject(output.toByteArray());
    }
}
