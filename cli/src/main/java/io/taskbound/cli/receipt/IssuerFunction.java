// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.receipt;

import io.taskbound.cli.cloud.AwsFault;
import io.taskbound.cli.cloud.Cloud;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.token.Jti;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Invokes the issuer's function ({@code lambda:InvokeFunction}), which alone may sign. */
final class IssuerFunction {
    private final String name;
    private final Cloud cloud;

    IssuerFunction(String name, Cloud cloud) {
        this.name = name;
        this.cloud = cloud;
    }

    JsonObject receipt(Jti jti) throws Complaint {
        var request = JsonObject.builder()
                .put("command", "receipt")
                .put("handle", jti.toString())
                .put("by", cloud.caller().arn())
                .build();
        return receipt(answer(request), jti);
    }

    private JsonObject receipt(JsonObject answer, Jti jti) throws Complaint {
        if (answer.has("payload") && answer.has("signatures")) {
            return answer;
        }
        switch (answer.string("error").orElse("")) {
            case "invalid_grant" ->
                throw Complaint.refused(
                        "The issuer has no record of the token " + jti + ".",
                        "Check the handle; records are removed 30 days after their end.");
            case "temporarily_unavailable" ->
                throw Complaint.refused(
                        "The issuer cannot make the receipt now.",
                        "Try again in a minute; its log has the reason under the request id "
                                + Printable.of(answer.string("request_id").orElse("(none)")) + ".");
            default -> throw foreign();
        }
    }

    private JsonObject answer(JsonObject request) throws Complaint {
        try (var lambda = cloud.lambda()) {
            var response = lambda.invoke(
                    invocation -> invocation.functionName(name).payload(SdkBytes.fromUtf8String(JsonText.of(request))));
            if (response.functionError() != null) {
                throw Complaint.refused(
                        "The function " + Printable.of(name) + " failed.",
                        "Its log says more: the stack's output AuditLogGroup names it.");
            }
            return parsed(response).orElseThrow(this::foreign);
        } catch (ResourceNotFoundException absent) {
            throw Complaint.refused(
                    "This region has no function " + Printable.of(name) + ".",
                    "Check --function and the region; the stack's output FunctionName shows the name.");
        } catch (SdkException e) {
            var fault = AwsFault.of(e);
            throw Complaint.refused(
                    "The function " + Printable.of(name) + " could not be asked: " + fault.what() + ".",
                    fault.remedy("Check that your AWS credentials may invoke it (lambda:InvokeFunction)."));
        }
    }

    private static Optional<JsonObject> parsed(InvokeResponse response) {
        try {
            return Optional.of(StrictJson.parseObject(response.payload().asByteArray()));
        } catch (MalformedJson | NullPointerException none) {
            return Optional.empty();
        }
    }

    private Complaint foreign() {
        return Complaint.refused(
                "The function " + Printable.of(name) + " does not answer as an issuer of this version.",
                "Check --function, and that the stack is as new as this command.");
    }
}
