// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Reads roles of IAM. One operation is all that is needed, and the SDK's client of IAM is larger than those of all
 * other services that we call; so this speaks the query protocol itself, with the SDK's signature and connections.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html">GetRole</a>
 */
public final class IamRoles implements AutoCloseable {
    private static final int MAX_ANSWER = 1024 * 1024;
    /** IAM has one endpoint for each partition, whose Region requests are signed for. */
    private static final Map<String, Place> PLACES = Map.of(
            "aws", new Place(URI.create("https://iam.amazonaws.com"), "us-east-1"),
            "aws-cn", new Place(URI.create("https://iam.cn-north-1.amazonaws.com.cn"), "cn-north-1"),
            "aws-us-gov", new Place(URI.create("https://iam.us-gov.amazonaws.com"), "us-gov-west-1"));

    private final Optional<URI> instead;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;

    private record Place(URI address, String region) {}

    private record Answer(int status, Document document) {
        Optional<String> text(String element) {
            var found = document.getElementsByTagName(element);
            return found.getLength() == 0
                    ? Optional.empty()
                    : Optional.of(found.item(0).getTextContent().strip());
        }
    }

    /** @param instead asked in place of AWS, for all partitions */
    IamRoles(Optional<URI> instead, AwsCredentialsProvider credentials, Duration patience) {
        this.instead = instead;
        this.credentials = credentials;
        this.http = Apache5HttpClient.builder()
                .connectionTimeout(patience)
                .socketTimeout(patience)
                .build();
    }

    /**
     * The trust policy of a role, which is JSON.
     *
     * @param arn of a role; a role of the same name in another account is not taken for it
     * @throws Complaint when IAM does not show it to these credentials
     */
    public String trustPolicy(String arn) throws Complaint {
        var answer = ask(arn);
        if (answer.status() != 200) {
            throw unseen(arn, answer.text("Code").orElse("an answer of " + answer.status()));
        }
        if (!answer.text("Arn").equals(Optional.of(arn))) {
            throw unseen(arn, "the role of this name there is another one");
        }
        return URLDecoder.decode(answer.text("AssumeRolePolicyDocument").orElse(""), UTF_8);
    }

    private Answer ask(String arn) throws Complaint {
        var place = place(arn);
        var body = ("Action=GetRole&Version=2010-05-08&RoleName="
                        + URLEncoder.encode(arn.substring(arn.lastIndexOf('/') + 1), UTF_8))
                .getBytes(UTF_8);
        try {
            var request = SdkHttpRequest.builder()
                    .uri(place.address())
                    .encodedPath("/")
                    .method(SdkHttpMethod.POST)
                    .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                    .putHeader("Content-Length", Integer.toString(body.length))
                    .build();
            var identity = credentials.resolveCredentials();
            var signed = AwsV4HttpSigner.create()
                    .sign(signing -> signing.identity(identity)
                            .request(request)
                            .payload(() -> new ByteArrayInputStream(body))
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "iam")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, place.region()));
            var sending = HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(signed.payload().orElseThrow())
                    .build();
            var answer = http.prepareRequest(sending).call();
            try (var stream = answer.responseBody().orElseThrow()) {
                return new Answer(answer.httpResponse().statusCode(), parsed(stream.readNBytes(MAX_ANSWER)));
            }
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

    private static Document parsed(byte[] xml) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            // It would print what is wrong to stderr.
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (SAXException | ParserConfigurationException unreadable) {
            throw new IOException("the answer is not from IAM", unreadable);
        }
    }

    private static Complaint unseen(String arn, String why) {
        return Complaint.refused(
                "IAM does not show " + Printable.of(arn) + ": " + Printable.of(why) + ".",
                "Use AWS credentials of the role's own account that allow iam:GetRole on it.");
    }

    @Override
    public void close() {
        http.close();
    }
}
