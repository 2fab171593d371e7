// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.EvaluationRequest;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads several evaluations of the Authorization API 1.0 in one request, with the values that they share. */
record EvaluationsBody(Semantic semantic, List<One> evaluations) {
    static final int MAX_EVALUATIONS = 32;
    private static final Set<String> SHARED = Set.of("subject", "action", "resource", "context");

    EvaluationsBody {
        evaluations = List.copyOf(evaluations);
    }

    /** After which decision the others are not looked at. */
    enum Semantic {
        EXECUTE_ALL("execute_all", Optional.empty()),
        DENY_ON_FIRST_DENY("deny_on_first_deny", Optional.of(false)),
        PERMIT_ON_FIRST_PERMIT("permit_on_first_permit", Optional.of(true));

        private final String wire;
        private final Optional<Boolean> last;

        Semantic(String wire, Optional<Boolean> last) {
            this.wire = wire;
            this.last = last;
        }

        boolean endsWith(boolean decision) {
            return last.filter(end -> end == decision).isPresent();
        }

        private static Semantic named(String wire) throws RefusedRequest {
            for (var semantic : values()) {
                if (semantic.wire.equals(wire)) {
                    return semantic;
                }
            }
            throw RefusedRequest.malformed("options.evaluations_semantic must be execute_all, deny_on_first_deny or"
                    + " permit_on_first_permit");
        }
    }

    /** One of them; its own fault denies it and leaves the others alone. */
    record One(Optional<EvaluationRequest> request, String fault) {
        static One of(JsonObject body, String ofUseId) {
            try {
                return new One(Optional.of(EvaluationBody.read(body, ofUseId)), "");
            } catch (RefusedRequest refused) {
                return new One(Optional.empty(), refused.refusal().description());
            }
        }
    }

    /** Whether the body asks several questions; otherwise it is to be read as one. */
    static boolean isSeveral(JsonObject body) throws RefusedRequest {
        if (body.has("evaluations") && body.array("evaluations").isEmpty()) {
            throw RefusedRequest.malformed("evaluations must be an array");
        }
        return body.array("evaluations")
                .filter(array -> !array.items().isEmpty())
                .isPresent();
    }

    static EvaluationsBody read(JsonObject body) throws RefusedRequest {
        EvaluationBody.checkTypes(body);
        var items = body.array("evaluations").orElse(JsonArray.EMPTY).items();
        if (items.size() > MAX_EVALUATIONS) {
            throw RefusedRequest.malformed("evaluations has more than " + MAX_EVALUATIONS + " members");
        }
        var evaluations = new ArrayList<One>();
        for (var item : items) {
            evaluations.add(one(body, item, evaluations.size()));
        }
        return new EvaluationsBody(semantic(body), evaluations);
    }

    /**
     * A whole value of its own, or the shared one. A shared context's {@code use_id} is of the whole request, so the
     * evaluation's place in it makes it that of one use.
     */
    private static One one(JsonObject body, JsonValue item, int place) throws RefusedRequest {
        if (!(item instanceof JsonObject own)) {
            throw RefusedRequest.malformed("each of evaluations must be an object");
        }
        var joined = JsonObject.builder();
        own.members().forEach(joined::put);
        body.members().forEach((name, value) -> {
            if (SHARED.contains(name) && !own.has(name)) {
                joined.put(name, value);
            }
        });
        return One.of(joined.build(), own.has("context") ? "" : "\n" + place);
    }

    private static Semantic semantic(JsonObject body) throws RefusedRequest {
        if (!body.has("options")) {
            return Semantic.EXECUTE_ALL;
        }
        var options = body.object("options").orElseThrow(() -> RefusedRequest.malformed("options must be an object"));
        return options.has("evaluations_semantic")
                ? Semantic.named(options.string("evaluations_semantic").orElse(""))
                : Semantic.EXECUTE_ALL;
    }
}
