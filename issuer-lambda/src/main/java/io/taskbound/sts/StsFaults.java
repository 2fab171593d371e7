// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an answer of STS that is no session means. Its message is never passed on: it may hold parts of the request.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole, errors</a>
 */
final class StsFaults {
    private static final String NOT_TAKEN =
            "AWS does not take what is asked for the session: the policy's owner must check"
                    + " role_arn, actions and resources of the resource server.";

    /** By the code that STS answers. Every other code is no final refusal, and has no sentence. */
    private static final Map<String, String> REFUSALS = Map.of(
            "AccessDenied",
            "AWS does not let the issuer assume the role: the role's trust policy must allow the issuer's own role"
                    + " sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity, and the issuer's stack must name the"
                    + " role in CredentialRoleArns.",
            "PackedPolicyTooLarge",
            "The targets of this request do not fit into one session of AWS: request fewer or shorter identifiers.",
            "MalformedPolicyDocument",
            "AWS does not take the session policy that was made for these targets: the policy's owner must check actions"
                    + " and resources of the resource server.",
            "ValidationError",
            NOT_TAKEN,
            "InvalidParameterValue",
            NOT_TAKEN,
            "RegionDisabledException",
            "AWS STS is turned off for the account of the role in the issuer's Region: an administrator of that account"
                    + " must turn it on there.");

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private StsFaults() {}

    /** @throws CredentialUnavailable when the answer is no final refusal */
    static CredentialRefused refusal(AwsServiceException answer) throws CredentialUnavailable {
        var sentence = code(answer).map(REFUSALS::get);
        // A retry that is refused says nothing of the attempt before it, whose answer was lost.
        if (sentence.isPresent() && isFirst(answer)) {
            return new CredentialRefused(sentence.get(), detail(answer));
        }
        boolean done = answer.statusCode() >= 500 || !isFirst(answer);
        throw new CredentialUnavailable(detail(answer), done, Optional.empty());
    }

    /** Nobody answered, or nothing that can be read. */
    static CredentialUnavailable noAnswer(SdkException failure) {
        return new CredentialUnavailable(
                "AssumeRole: no usable answer (" + failure.getClass().getSimpleName() + ")", true, Optional.empty());
    }

    private static boolean isFirst(SdkException answer) {
        return answer.numAttempts() != null && answer.numAttempts() == 1;
    }

    private static Optional<String> code(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .filter(code -> CODE.matcher(code).matches());
    }

    /** The request id is what an administrator finds the request by in CloudTrail. */
    private static String detail(AwsServiceException answer) {
        var id = Optional.ofNullable(answer.requestId())
                .filter(text -> REQUEST_ID.matcher(text).matches());
        return "AssumeRole: " + answer.statusCode() + " " + code(answer).orElse("without a code of AWS")
                + id.map(text -> ", request " + text).orElse("");
    }
}
