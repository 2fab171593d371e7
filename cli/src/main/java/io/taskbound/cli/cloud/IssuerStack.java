// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import org.w3c.dom.Element;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The outputs of an issuer's stack. Made by {@link #read} alone, which refuses a stack that is not an issuer's or is
 * not ready.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html">DescribeStacks</a>
 */
final class IssuerStack {
    private final String name;
    private final Map<String, String> outputs;

    private IssuerStack(String name, Map<String, String> outputs) {
        this.name = name;
        this.outputs = Map.copyOf(outputs);
    }

    /** Asks CloudFormation ({@code cloudformation:DescribeStacks}). */
    static IssuerStack read(String name, QueryService service, QueryService.Place place) throws Complaint {
        var answer = ask(name, service, place);
        if (answer.isRefusal()) {
            throw refusal(name, place.region(), answer.fault());
        }
        requireReady(name, answer.text("StackStatus").orElse(""));
        var stack = new IssuerStack(name, outputs(answer));
        if (!stack.outputs.containsKey(StackOutput.TABLE.key())
                || !stack.outputs.containsKey(StackOutput.ISSUER_URL.key())) {
            throw Complaint.refused(
                    "The stack " + name + " is not an issuer's: it lacks the outputs TableName and IssuerUrl.",
                    "Name the stack that infra/template.yaml was deployed as.");
        }
        return stack;
    }

    private static QueryService.Answer ask(String name, QueryService service, QueryService.Place place)
            throws Complaint {
        try {
            return service.ask(
                    place, "Action=DescribeStacks&Version=2010-05-15&StackName=" + URLEncoder.encode(name, UTF_8));
        } catch (IOException | SdkException unanswered) {
            var fault = AwsFault.of(unanswered);
            throw Complaint.refused(
                    "The stack " + name + " cannot be looked up: " + fault.what() + ".",
                    fault.remedy("Check --region, --endpoint-url and the network, or name the table with --table."));
        }
    }

    private static Complaint refusal(String name, String region, AwsFault fault) {
        var code = fault.code().orElse("");
        if (code.equals("ValidationError") && fault.what().contains("does not exist")) {
            return Complaint.refused(
                    "There is no stack " + name + " in " + Printable.of(region) + " in this account.",
                    "Check its name, the region (--region or AWS_REGION) and whose AWS credentials these are:"
                            + " `aws sts get-caller-identity`.");
        }
        if (code.equals("AccessDenied") || code.equals("AccessDeniedException")) {
            return Complaint.refused(
                    "AWS does not let these credentials look up the stack " + name + ": " + fault.what() + ".",
                    "They need cloudformation:DescribeStacks on it, which each of the stack's policies allows"
                            + " (AuditorPolicyArn, PublisherPolicyArn, …); or name the table with --table.");
        }
        return Complaint.refused(
                "The stack " + name + " cannot be looked up: " + fault.what() + ".",
                fault.remedy("Check the region, and that your AWS credentials allow cloudformation:DescribeStacks."));
    }

    /**
     * While it is updated it has its outputs; before it was made, and while it is deleted, there is nothing to find.
     */
    private static void requireReady(String name, String status) throws Complaint {
        var shown = Printable.of(status);
        if (status.equals("CREATE_IN_PROGRESS")
                || status.equals("REVIEW_IN_PROGRESS")
                || status.equals("IMPORT_IN_PROGRESS")) {
            throw Complaint.refused(
                    "The stack " + name + " is still being created (" + shown + ").",
                    "Wait for it: `aws cloudformation wait stack-create-complete --stack-name " + name + "`.");
        }
        if (status.startsWith("DELETE_")) {
            throw Complaint.refused(
                    "The stack " + name + " is being deleted, or could not be (" + shown + ").",
                    "If its table is still there, name it with --table.");
        }
        if (status.equals("CREATE_FAILED") || status.startsWith("ROLLBACK_")) {
            throw Complaint.refused(
                    "The stack " + name + " could not be created (" + shown + ").",
                    "`aws cloudformation describe-stack-events --stack-name " + name
                            + "` says why; delete the stack and deploy it again.");
        }
    }

    private static Map<String, String> outputs(QueryService.Answer answer) {
        var found = new HashMap<String, String>();
        var keys = answer.document().getElementsByTagName("OutputKey");
        for (int i = 0; i < keys.getLength(); i++) {
            var values = ((Element) keys.item(i).getParentNode()).getElementsByTagName("OutputValue");
            if (values.getLength() > 0) {
                found.put(
                        keys.item(i).getTextContent().strip(),
                        values.item(0).getTextContent().strip());
            }
        }
        return found;
    }

    /** @throws Complaint when the stack was deployed from an older template, without this output */
    String value(StackOutput output) throws Complaint {
        var value = outputs.get(output.key());
        if (value == null) {
            throw Complaint.refused(
                    "The stack " + name + " has no output " + output.key() + ".",
                    "Deploy this version's infra/template.yaml, or say it with " + output.instead() + ".");
        }
        return value;
    }
}
