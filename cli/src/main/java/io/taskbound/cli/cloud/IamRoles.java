// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads roles of IAM.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html">GetRole</a>
 */
public final class IamRoles implements AutoCloseable {
    /** IAM has one endpoint for each partition, whose Region requests are signed for. */
    private static final Map<String, Place> PLACES = Map.of(
            "aws", new Place(URI.create("https://iam.amazonaws.com"), "us-east-1"),
            "aws-cn", new Place(URI.create("https://iam.cn-north-1.amazonaws.com.cn"), "cn-north-1"),
            "aws-us-gov", new Place(URI.create("https://iam.us-gov.amazonaws.com"), "us-gov-west-1"));

    private final Optional<URI> instead;
    private final QueryService service;

    private record Place(URI address, String region) {}

    /** @param instead asked in place of AWS, for all partitions */
    IamRoles(Optional<URI> instead, AwsCredentialsProvider credentials, Duration patience) {
        this.instead = instead;
        this.service = new QueryService(credentials, patience);
    }

    /**
     * The trust policy of a role, which is JSON.
     *
     * @param arn of a role; a role of the same name in another account is not taken for it
     * @throws Complaint when IAM does not show it to these credentials
     */
    public String trustPolicy(String arn) throws Complaint {
        var answer = ask(arn);
        if (answer.isRefusal()) {
            throw unseen(arn, answer.text("Code").orElse("an answer of " + answer.status()));
        }
        if (!answer.text("Arn").equals(Optional.of(arn))) {
            throw unseen(arn, "the role of this name there is another one");
        }
        return URLDecoder.decode(answer.text("AssumeRolePolicyDocument").orElse(""), UTF_8);
    }

    private QueryService.Answer ask(String arn) throws Complaint {
        var place = place(arn);
        var form = "Action=GetRole&Version=2010-05-08&RoleName="
                + URLEncoder.encode(arn.substring(arn.lastIndexOf('/') + 1), UTF_8);
        try {
            return service.ask(new QueryService.Place(place.address(), "iam", place.region()), form);
        } catch (IOException | SdkException unanswered) {
            throw unseen(arn, AwsFault.of(unanswered).what());
        }
    }

    private Place place(String arn) throws Complaint {
        var partition = arn.split(":", -1)[1];
        var place = PLACES.get(partition);
        if (place == null) {
            throw unseen(arn, "this command knows no IAM of the partition " + Printable.of(partition));
        }
        return new Place(instead.orElse(place.address()), place.region());
    }

    private static Complaint unseen(String arn, String why) {
        return Complaint.refused(
                "IAM does not show " + Printable.of(arn) + ": " + Printable.of(why) + ".",
                "Use AWS credentials of the role's own account that allow iam:GetRole on it.");
    }

    @Override
    public void close() {
        service.close();
    }
}
