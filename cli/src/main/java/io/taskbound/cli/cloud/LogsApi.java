// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;

/**
 * CloudWatch Logs by its JSON protocol, signed by the SDK's own signer: one call needs no client library of its own. Made
 * by {@link Cloud#logs}; its caller closes it.
 */
public final class LogsApi implements AutoCloseable {
    private static final String TARGET = "Logs_20140328.";
    private static final int ATTEMPTS = 4;
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;
    private static final Set<String> SOON_AGAIN =
            Set.of("ThrottlingException", "ServiceUnavailableException", "LimitExceededException");

    private final URI endpoint;
    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final Duration pause;
    private final SdkHttpClient http;

    /** CloudWatch Logs said no, or could not be asked. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        Refused(String code, String message) {
            super(message);
            this.code = code;
        }

        /** The name of the error, such as {@code ResourceNotFoundException}. */
        public String code() {
            return code;
        }
    }

    /** @param pause before the second attempt; twice as long before each further one */
    LogsApi(URI endpoint, Region region, AwsCredentialsProvider credentials, Duration patience, Duration pause) {
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
        this.pause = pause;
        this.http = Apache5HttpClient.builder()
                .connectionTimeout(patience)
                .socketTimeout(patience)
                .build();
    }

    /**
     * Calls one operation, again when it was throttled.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException when no AWS credentials are found
     */
    public JsonObject call(String operation, JsonObject request) throws Refused {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(operation, request);
            } catch (Refused refused) {
                if (attempt == ATTEMPTS || !SOON_AGAIN.contains(refused.code())) {
                    throw refused;
                }
                sleep(pause.multipliedBy(1L << (attempt - 1)));
            }
        }
    }

    private JsonObject once(String operation, JsonObject request) throws Refused {
        var signed = signed(operation, JsonText.of(request).getBytes(StandardCharsets.UTF_8));
        var call = HttpExecuteRequest.builder().request(signed.request());
        signed.payload().ifPresent(call::contentStreamProvider);
        try {
            var answer = http.prepareRequest(call.build()).call();
            try (InputStream body = answer.responseBody().orElseThrow(() -> new IOException("an empty answer"))) {
                var text = body.readNBytes(LARGEST_ANSWER);
                // Some operations answer with nothing at all.
                var json = text.length == 0 ? JsonObject.EMPTY : StrictJson.parseObject(text);
                if (answer.httpResponse().isSuccessful()) {
                    return json;
                }
                throw refused(json);
            }
        } catch (IOException | MalformedJson unreachable) {
            throw new Refused("Unreachable", String.valueOf(unreachable.getMessage()));
        }
    }

    private SignedRequest signed(String operation, byte[] body) {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", TARGET + operation)
                .build();
        return AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(credentials.resolveCredentials())
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "logs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
    }

    /** {@code __type} may have a namespace before a number sign; the message is spelt in two ways. */
    private static Refused refused(JsonObject error) {
        var type = error.string("__type").orElse("unknown error");
        var message = error.string("message").or(() -> error.string("Message")).orElse("");
        return new Refused(type.substring(type.indexOf('#') + 1), message);
    }

    private static void sleep(Duration length) throws Refused {
        try {
            Thread.sleep(length.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refused("Interrupted", "stopped while waiting");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
