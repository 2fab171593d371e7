// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.Evaluation;
import io.taskbound.issuer.Refusal;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.TaskClaims;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Answers of the Authorization API 1.0: a decision is JSON, an error is a sentence, and both have the caller's
 * {@code X-Request-ID}.
 */
final class AccessAnswers {
    static final String PATH = "/access/";
    private static final String REQUEST_ID = "X-Request-ID";
    private static final int MAX_REQUEST_ID = 256;

    private AccessAnswers() {}

    static boolean answers(HttpRequest request) {
        return request.path().startsWith(PATH);
    }

    /** What cannot be repeated in the answer is refused, since the answer must repeat it. */
    static void requireRequestId(HttpRequest request) throws RefusedRequest {
        if (request.has("x-request-id") && !canBeRepeated(request)) {
            throw RefusedRequest.malformed(
                    "X-Request-ID must be given once, and be 1 to " + MAX_REQUEST_ID + " printable ASCII characters");
        }
    }

    static JsonObject decision(Evaluation.Permitted permitted) {
        var record = permitted.record();
        var context = JsonObject.builder()
                .put("jti", record.jti().toString())
                .put("sub", subject(record))
                .put("exp", record.life().expires().getEpochSecond());
        permitted.firstUse().ifPresent(first -> {
            context.put("first_use", first);
            record.uses().sumLeft().ifPresent(left -> context.put("uses_left", left));
        });
        context.putIfPresent("dpop_nonce", permitted.nonce());
        return JsonObject.builder()
                .put("decision", true)
                .put("context", context.build())
                .build();
    }

    private static String subject(TokenRecord record) {
        var requester = record.requester();
        return TaskClaims.subject(record.grant().task(), requester.provider(), requester.stableSubject());
    }

    static JsonObject decision(Evaluation.Denied denied) {
        var body = JsonObject.builder().put("decision", false);
        denied.why().ifPresent(why -> body.put("context", context(why, denied.nonce())));
        return body.build();
    }

    /** One evaluation among others that could not be understood has an error, as the API's own examples have. */
    private static JsonObject context(Evaluation.Why why, Optional<String> nonce) {
        if (!why.word().equals(Evaluation.Why.MALFORMED)) {
            return JsonObject.builder()
                    .put("reason", why.word())
                    .putIfPresent("message", why.remedy())
                    .putIfPresent("dpop_nonce", nonce)
                    .build();
        }
        var error = JsonObject.builder().put("status", 400).putIfPresent("message", why.remedy());
        return JsonObject.builder().put("error", error.build()).build();
    }

    static JsonObject decisions(List<JsonObject> decided) {
        return JsonObject.builder()
                .put(
                        "evaluations",
                        new JsonArray(
                                decided.stream().map(one -> (JsonValue) one).toList()))
                .build();
    }

    static HttpResponse answer(HttpRequest request, JsonObject body, String requestId) {
        return identified(HttpResponse.json(200, body), request, requestId);
    }

    static HttpResponse refusal(HttpRequest request, Refusal refusal, int status, String requestId) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "text/plain; charset=utf-8");
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        var sentence = refusal.description() + " (request " + requestId + ")\n";
        return identified(
                new HttpResponse(status, headers, sentence.getBytes(StandardCharsets.UTF_8)), request, requestId);
    }

    private static HttpResponse identified(HttpResponse answer, HttpRequest request, String ours) {
        var theirs = canBeRepeated(request) ? request.header("x-request-id") : Optional.<String>empty();
        return answer.with(REQUEST_ID, theirs.orElse(ours));
    }

    private static boolean canBeRepeated(HttpRequest request) {
        return request.header("x-request-id")
                .filter(id -> !id.isEmpty() && id.length() <= MAX_REQUEST_ID)
                .filter(id -> id.chars().allMatch(c -> c >= ' ' && c < 0x7f))
                .isPresent();
    }
}
