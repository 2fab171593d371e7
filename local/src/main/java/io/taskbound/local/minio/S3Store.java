// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.minio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The requests of S3 that a migration makes, signed by Signature Version 4. Each gives the answer's status and text,
 * whatever it is: a refusal is what a caller often wants to see.
 */
public final class S3Store {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** What the client sets itself. */
    private static final Set<String> ITS_OWN = Set.of("host", "content-length");

    private final URI endpoint;
    private final String region;
    private final AwsCredentialsIdentity credentials;
    private final HttpClient http = HttpClient.newHttpClient();

    public S3Store(URI endpoint, String region, AwsCredentialsIdentity credentials) {
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
    }

    /** @param text of the body: an object, or XML */
    public record Answer(int status, String text) {}

    public Answer makeBucket(String bucket) throws IOException {
        return send(SdkHttpMethod.PUT, "/" + bucket, "", "");
    }

    public Answer put(String bucket, String key, String object) throws IOException {
        return send(SdkHttpMethod.PUT, "/" + bucket + "/" + key, "", object);
    }

    public Answer get(String bucket, String key) throws IOException {
        return send(SdkHttpMethod.GET, "/" + bucket + "/" + key, "", "");
    }

    public Answer delete(String bucket, String key) throws IOException {
        return send(SdkHttpMethod.DELETE, "/" + bucket + "/" + key, "", "");
    }

    /** The keys that begin with a prefix, which may be empty. */
    public Answer list(String bucket, String prefix) throws IOException {
        return send(SdkHttpMethod.GET, "/" + bucket, prefix, "");
    }

    private Answer send(SdkHttpMethod method, String path, String prefix, String body) throws IOException {
        var builder = SdkHttpRequest.builder().uri(endpoint).method(method).encodedPath(path);
        if (method == SdkHttpMethod.GET && path.indexOf('/', 1) < 0) {
            builder.appendRawQueryParameter("list-type", "2").appendRawQueryParameter("prefix", prefix);
        }
        var octets = body.getBytes(UTF_8);
        var signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(credentials)
                        .request(builder.build())
                        .payload(() -> new ByteArrayInputStream(octets))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
                .request();
        var request = HttpRequest.newBuilder(signed.getUri())
                .timeout(LIMIT)
                .method(method.name(), HttpRequest.BodyPublishers.ofByteArray(octets));
        signed.forEachHeader((name, values) -> {
            if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            return new Answer(answer.statusCode(), answer.body());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }
}
