// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.cloud.AwsFault;
import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.token.KeyPhase;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/**
 * Has the stack's rotation function change the keys ({@code lambda:InvokeFunction}): who runs a command needs no right
 * on a key, and has none.
 */
final class RotationFunction implements KeyChanges {
    private final String name;
    private final String by;
    private final LambdaClient lambda;

    private RotationFunction(String name, String by, LambdaClient lambda) {
        this.name = name;
        this.by = by;
        this.lambda = lambda;
    }

    static RotationFunction open(String name, OpenTable table) throws Complaint {
        var by = table.cloud().caller().arn();
        return new RotationFunction(name, by, table.cloud().lambda());
    }

    @Override
    public Change rotate(Duration publishFor) throws Complaint {
        var answer = ask(request("rotate")
                .put("publish_for_seconds", publishFor.toSeconds())
                .build());
        return change(answer, "No key was created: ");
    }

    @Override
    public Optional<KeyPhase> phase(String keyId) throws Complaint {
        var answer =
                ask(request("retire").put("key_id", keyId).put("dry_run", true).build());
        if (!result(answer).equals("looked")) {
            return Optional.empty();
        }
        var word = answer.string("phase").orElse("");
        return Arrays.stream(KeyPhase.values())
                .filter(phase -> phase.word().equals(word))
                .findFirst();
    }

    @Override
    public Change retire(String keyId) throws Complaint {
        return change(ask(request("retire").put("key_id", keyId).build()), "Nothing was changed: ");
    }

    private JsonObject.Builder request(String command) {
        return JsonObject.builder().put("command", command).put("by", by);
    }

    private static String result(JsonObject answer) {
        return answer.string("result").orElse("");
    }

    private Change change(JsonObject answer, String refused) throws Complaint {
        return switch (result(answer)) {
            case "rotated" -> Change.made(answer.string("kid").orElse(""));
            case "removed" -> Change.removed();
            case "not_due" -> Change.nothing();
            case "overtaken" -> throw OwnKeyChanges.overtaken();
            case "refused" ->
                throw Complaint.refused(
                        refused + said(answer, "why") + ".", OwnKeyChanges.sentence(said(answer, "remedy")));
            case "unavailable" ->
                throw Complaint.refused(
                        "The keys were not changed: " + said(answer, "why") + ".",
                        "Check the function's log and what its role may do in KMS.");
            default -> throw foreign();
        };
    }

    private static String said(JsonObject answer, String member) {
        return Printable.of(answer.string(member).orElse("no reason given"));
    }

    private JsonObject ask(JsonObject request) throws Complaint {
        try {
            var response = lambda.invoke(
                    invocation -> invocation.functionName(name).payload(SdkBytes.fromUtf8String(JsonText.of(request))));
            return answer(response);
        } catch (ResourceNotFoundException absent) {
            throw Complaint.refused(
                    "This region has no function " + Printable.of(name) + ".",
                    "Check --function and the region; the stack's output RotationFunctionName shows the name.");
        } catch (TooManyRequestsException busy) {
            throw Complaint.refused(
                    "The function " + Printable.of(name) + " is busy with another change of the keys.",
                    "Try again in a minute.");
        } catch (SdkException e) {
            var fault = AwsFault.of(e);
            throw Complaint.refused(
                    "It is unknown whether the function " + Printable.of(name) + " changed the keys: " + fault.what()
                            + ".",
                    fault.remedy("Check that your AWS credentials may invoke it, and see with `taskbound keys list`"
                            + " whether anything has changed."));
        }
    }

    private JsonObject answer(InvokeResponse response) throws Complaint {
        if (response.functionError() != null) {
            throw Complaint.refused(
                    "The function " + Printable.of(name) + " failed: " + fault(response) + ".",
                    "Its log says more: the stack's output RotationLogGroup names it.");
        }
        return parsed(response).orElseThrow(this::foreign);
    }

    private static Optional<JsonObject> parsed(InvokeResponse response) {
        try {
            return Optional.of(StrictJson.parseObject(response.payload().asByteArray()));
        } catch (MalformedJson | NullPointerException none) {
            return Optional.empty();
        }
    }

    private static String fault(InvokeResponse response) {
        return Printable.of(
                parsed(response).flatMap(said -> said.string("errorMessage")).orElse("it gave no reason"));
    }

    private Complaint foreign() {
        return Complaint.refused(
                "The function " + Printable.of(name) + " does not answer as a rotation function of this version.",
                "Check --function, and that the stack is as new as this command.");
    }

    @Override
    public void close() {
        lambda.close();
    }
}
