// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.EvaluationRequest;
import io.taskbound.issuer.PresentedProof;
import io.taskbound.issuer.PresentedText;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.util.List;
import java.util.Optional;

/**
 * Reads one evaluation of the Authorization API 1.0. Members that we do not know are ignored, as the API demands;
 * members that we know must have their type; a member given twice is a fault (RFC 7493 section 2.3).
 */
final class EvaluationBody {
    static final int MAX_OCTETS = 64 * 1024;
    private static final int MAX_USE_ID_LENGTH = 256;
    private static final String TASK_TOKEN = "task_token";

    private EvaluationBody() {}

    /** The body's one JSON object. */
    static JsonObject object(HttpRequest request) throws RefusedRequest {
        if (request.has("content-encoding")) {
            throw RefusedRequest.malformed("Content-Encoding is not supported");
        }
        if (!DeliveryBody.isJson(request)) {
            throw RefusedRequest.malformed("the body must be application/json");
        }
        if (request.body().length > MAX_OCTETS) {
            throw RefusedRequest.malformed(413, "the body is larger than " + MAX_OCTETS + " bytes");
        }
        return object(request.body());
    }

    static JsonObject object(byte[] body) throws RefusedRequest {
        try {
            return StrictJson.parseObject(body);
        } catch (MalformedJson malformed) {
            throw RefusedRequest.malformed("the body is not one strict JSON object: " + malformed.getMessage());
        }
    }

    static EvaluationRequest read(JsonObject body) throws RefusedRequest {
        return read(body, "");
    }

    /** @param ofUseId what sets its {@code use_id} apart, where several evaluations have the same context */
    static EvaluationRequest read(JsonObject body, String ofUseId) throws RefusedRequest {
        checkTypes(body);
        var subject = entity(body, "subject", "type", "id");
        var action = entity(body, "action", "name");
        var resource = entity(body, "resource", "type", "id");
        return new EvaluationRequest(
                subject.string("id").orElseThrow(),
                token(subject),
                action.string("name").orElseThrow(),
                resource.string("type").orElseThrow(),
                resource.string("id").orElseThrow(),
                useId(body).map(id -> id + ofUseId),
                proof(body));
    }

    /** What is there must be well formed; what is missing may come from elsewhere. */
    static void checkTypes(JsonObject body) throws RefusedRequest {
        check(body, "subject", "type", "id");
        check(body, "action", "name");
        check(body, "resource", "type", "id");
        useId(body);
        proof(body);
        if (body.has("context") && body.object("context").isEmpty()) {
            throw RefusedRequest.malformed("context must be an object");
        }
    }

    private static void check(JsonObject body, String name, String... texts) throws RefusedRequest {
        if (body.has(name)) {
            entity(body, name, texts);
        }
    }

    private static JsonObject entity(JsonObject body, String name, String... texts) throws RefusedRequest {
        if (!body.has(name)) {
            throw RefusedRequest.malformed(name + " is missing");
        }
        var entity = body.object(name).orElseThrow(() -> RefusedRequest.malformed(name + " must be an object"));
        for (var text : texts) {
            if (entity.string(text).isEmpty()) {
                throw RefusedRequest.malformed(
                        name + "." + text + (entity.has(text) ? " must be a string" : " is missing"));
            }
        }
        if (entity.has("properties") && entity.object("properties").isEmpty()) {
            throw RefusedRequest.malformed(name + ".properties must be an object");
        }
        return entity;
    }

    private static Optional<PresentedText> token(JsonObject subject) {
        return subject.string("type").filter(TASK_TOKEN::equals).isEmpty()
                ? Optional.empty()
                : subject.object("properties")
                        .flatMap(properties -> properties.string("token"))
                        .map(String::strip)
                        .filter(token -> !token.isEmpty())
                        .map(PresentedText::new);
    }

    private static Optional<String> useId(JsonObject body) throws RefusedRequest {
        var given = body.object("context").flatMap(context -> context.get("use_id"));
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.get() instanceof JsonString id && isUseId(id.value())) {
            return Optional.of(id.value());
        }
        throw RefusedRequest.malformed("context.use_id must be a string of 1 to " + MAX_USE_ID_LENGTH
                + " characters without control characters");
    }

    private static Optional<PresentedProof> proof(JsonObject body) throws RefusedRequest {
        var context = body.object("context").orElse(JsonObject.EMPTY);
        for (var name : List.of("dpop", "htm", "htu")) {
            if (context.has(name) && context.string(name).isEmpty()) {
                throw RefusedRequest.malformed("context." + name + " must be a string");
            }
        }
        return ProofForm.read(context.string("dpop"), context.string("htm"), context.string("htu"));
    }

    private static boolean isUseId(String id) {
        return !id.isEmpty() && id.length() <= MAX_USE_ID_LENGTH && id.chars().noneMatch(Character::isISOControl);
    }
}
