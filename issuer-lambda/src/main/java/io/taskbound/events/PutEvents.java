// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * EventBridge, by its one operation that we need: {@code PutEvents}, signed and sent with the parts of the AWS SDK that
 * the zip has anyway (decision 13). Redirects are not followed. A call takes {@value #CALL_SECONDS} s at most.
 */
public final class PutEvents implements EventBus {
    private static final int CALL_SECONDS = 3;
    private static final Duration CALL = Duration.ofSeconds(CALL_SECONDS);
    private static final int MAX_ANSWER_BYTES = 256 * 1024;
    private static final int OK = 200;
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{1,64}");

    private final SdkHttpClient http;
    private final Place place;
    private final AwsCredentialsProvider credentials;
    private final ScheduledExecutorService timer;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    /**
     * Where the bus is.
     *
     * @param endpoint of EventBridge, such as {@code https://events.eu-central-1.amazonaws.com}
     * @param bus the bus's name or ARN
     */
    public record Place(URI endpoint, String region, String bus) {}

    /** @param timer ends calls that take too long */
    public PutEvents(
            SdkHttpClient http, Place place, AwsCredentialsProvider credentials, ScheduledExecutorService timer) {
        this.http = http;
        this.place = place;
        this.credentials = credentials;
        this.timer = timer;
    }

    @Override
    public List<Optional<String>> put(List<TokenEvent> batch) throws IOException {
        var signed = signed(JsonText.of(JsonObject.builder()
                .put("Entries", new JsonArray(batch.stream().map(this::entry).toList()))
                .build()));
        var call = http.prepareRequest(HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElseThrow())
                .build());
        // The client's own limit is on silence; an answer that trickles in would keep it waiting.
        var limit = timer.schedule(call::abort, CALL.toMillis(), TimeUnit.MILLISECONDS);
        try {
            var answer = call.call();
            var body = body(answer.responseBody());
            int status = answer.httpResponse().statusCode();
            if (status != OK) {
                throw new IOException("it answered " + status + fault(body));
            }
            return results(body, batch.size());
        } finally {
            limit.cancel(false);
        }
    }

    private JsonValue entry(TokenEvent event) {
        return JsonObject.builder()
                .put("Time", JsonNumber.thousandths(event.at().toEpochMilli()))
                .put("Source", TokenEvent.SOURCE)
                .put("DetailType", event.kind().detailType())
                .put("Detail", JsonText.of(event.detail()))
                .put("EventBusName", place.bus())
                .build();
    }

    /** The JSON protocol of AWS, version 1.1. */
    private SignedRequest signed(String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(place.endpoint())
                .encodedPath("/")
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("Content-Length", String.valueOf(bytes.length))
                .putHeader("X-Amz-Target", "AWSEvents.PutEvents")
                .build();
        try {
            var identity = credentials.resolveCredentials();
            return signer.sign(sign -> sign.identity(identity)
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(bytes))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "events")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, place.region()));
        } catch (SdkException noCredentials) {
            throw new IOException("the function has no credentials of AWS", noCredentials);
        }
    }

    private static byte[] body(Optional<AbortableInputStream> body) throws IOException {
        if (body.isEmpty()) {
            return new byte[0];
        }
        try (InputStream stream = body.get()) {
            var bytes = stream.readNBytes(MAX_ANSWER_BYTES + 1);
            if (bytes.length > MAX_ANSWER_BYTES) {
                body.get().abort();
                throw new IOException("its answer is longer than " + MAX_ANSWER_BYTES + " bytes");
            }
            return bytes;
        }
    }

    /** The name of an error as AWS answers it; nothing else of the answer is repeated. */
    private static String fault(byte[] body) {
        try {
            return StrictJson.parseObject(body)
                    .string("__type")
                    .map(type -> type.substring(type.lastIndexOf('#') + 1))
                    .filter(WORD.asMatchPredicate())
                    .map(type -> ", " + type)
                    .orElse("");
        } catch (MalformedJson noErrorOfAws) {
            return "";
        }
    }

    private static List<Optional<String>> results(byte[] body, int asked) throws IOException {
        try {
            var entries = StrictJson.parseObject(body)
                    .array("Entries")
                    .map(JsonArray::items)
                    .orElse(List.of());
            if (entries.size() != asked) {
                throw new IOException("its answer is about " + entries.size() + " events of " + asked);
            }
            var results = new ArrayList<Optional<String>>();
            for (var entry : entries) {
                results.add(result(entry));
            }
            return results;
        } catch (MalformedJson noAnswerOfAws) {
            throw new IOException("its answer is not the JSON of PutEvents", noAnswerOfAws);
        }
    }

    /** Accepted is only what has got an id. */
    private static Optional<String> result(JsonValue entry) {
        var answer = entry instanceof JsonObject object ? object : JsonObject.EMPTY;
        if (answer.string("EventId").isPresent() && !answer.has("ErrorCode")) {
            return Optional.empty();
        }
        return Optional.of(
                answer.string("ErrorCode").filter(WORD.asMatchPredicate()).orElse("without an id"));
    }
}
