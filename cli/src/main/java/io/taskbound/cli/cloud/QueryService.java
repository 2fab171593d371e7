// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Asks one operation of a service that speaks the query protocol, with the SDK's signature and connections: the SDK's
 * own clients of such services are larger than those of all other services that we call.
 */
final class QueryService implements AutoCloseable {
    private static final int MAX_ANSWER = 4 * 1024 * 1024;

    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;

    /** @param service the name that requests are signed for, such as iam */
    record Place(URI address, String service, String region) {}

    /** What the service said, whether it refused or not. */
    record Answer(String service, int status, Document document) {
        /** Of the first such element. */
        Optional<String> text(String element) {
            var found = document.getElementsByTagName(element);
            return found.getLength() == 0
                    ? Optional.empty()
                    : Optional.of(found.item(0).getTextContent().strip());
        }

        boolean isRefusal() {
            return status != 200;
        }

        AwsFault fault() {
            var details = AwsErrorDetails.builder()
                    .errorCode(text("Code").orElse("an answer of " + status))
                    .errorMessage(text("Message").orElse(""))
                    .serviceName(service)
                    .build();
            return AwsFault.of(
                    AwsServiceException.builder().awsErrorDetails(details).build());
        }
    }

    QueryService(AwsCredentialsProvider credentials, Duration patience) {
        this.credentials = credentials;
        this.http = Apache5HttpClient.builder()
                .connectionTimeout(patience)
                .socketTimeout(patience)
                .build();
    }

    /**
     * Asks once.
     *
     * @param form the operation and its parameters, encoded
     * @throws IOException when nobody answers, or somebody else than the service
     * @throws software.amazon.awssdk.core.exception.SdkException when the credentials have gone meanwhile
     */
    Answer ask(Place place, String form) throws IOException {
        var body = form.getBytes(UTF_8);
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
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, place.service())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, place.region()));
        var sending = HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElseThrow())
                .build();
        var answer = http.prepareRequest(sending).call();
        try (var stream = answer.responseBody().orElseThrow(() -> foreign(place))) {
            var document = parsed(stream.readNBytes(MAX_ANSWER), place);
            return new Answer(place.service(), answer.httpResponse().statusCode(), document);
        }
    }

    private static Document parsed(byte[] xml, Place place) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            // It would print what is wrong to stderr.
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (SAXException | ParserConfigurationException notXml) {
            throw foreign(place);
        }
    }

    /** Without the parser's complaint, which means nothing to whoever mistyped an address. */
    private static IOException foreign(Place place) {
        return new IOException("the answer is not from " + place.service());
    }

    @Override
    public void close() {
        http.close();
    }
}
