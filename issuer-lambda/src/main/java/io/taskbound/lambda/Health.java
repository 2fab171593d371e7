// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether everything is there to issue with, and what is missing, in fixed words. The services are asked at most once
 * in 10 s, however often somebody wants to know.
 */
final class Health {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private final LazyIssuer issuer;
    private @Nullable Seen seen;

    private record Seen(List<Missing> missing, Instant at) {}

    Health(LazyIssuer issuer) {
        this.issuer = issuer;
    }

    /** Any other method is for the edge to refuse, as with every document. */
    static boolean isAskedBy(HttpRequest request) {
        return request.path().equals(IssuerEdge.HEALTH_PATH)
                && Set.of("GET", "HEAD").contains(request.method());
    }

    HttpResponse answer(HttpRequest request, Instant now) {
        var missing = missing(now);
        var answer = missing.isEmpty() ? IssuerEdge.ready() : HttpResponse.json(503, notReady(missing));
        return request.method().equals("HEAD") ? answer.withoutBody() : answer;
    }

    private static JsonObject notReady(List<Missing> missing) {
        return JsonObject.builder()
                .put("status", "not ready")
                .put(
                        "missing",
                        JsonArray.ofStrings(missing.stream().map(Missing::word).toList()))
                .build();
    }

    private synchronized List<Missing> missing(Instant now) {
        var last = seen;
        if (last == null || !now.isBefore(last.at().plus(PAUSE))) {
            last = new Seen(issuer.missing(now), now);
            seen = last;
        }
        return last.missing();
    }

    synchronized void drop() {
        seen = null;
    }
}
