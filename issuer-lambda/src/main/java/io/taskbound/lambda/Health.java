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
import java.util.Optional;
import java.util.Set;

/**
 * Whether everything is there to issue with, and what is not, in fixed words. The services are asked at most once in
 * 10 s, however often somebody wants to know.
 */
final class Health {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private final LazyIssuer issuer;
    private Optional<Seen> seen = Optional.empty();

    private record Seen(List<Missing> lacks, Instant at) {}

    Health(LazyIssuer issuer) {
        this.issuer = issuer;
    }

    /** Another method is the edge's to refuse, as with every document. */
    static boolean isAskedBy(HttpRequest request) {
        return request.path().equals(IssuerEdge.HEALTH_PATH)
                && Set.of("GET", "HEAD").contains(request.method());
    }

    HttpResponse answer(HttpRequest request, Instant now) {
        var lacks = lacks(now);
        var answer = lacks.isEmpty() ? IssuerEdge.ready() : HttpResponse.json(503, missing(lacks));
        return request.method().equals("HEAD") ? answer.withoutBody() : answer;
    }

    private static JsonObject missing(List<Missing> lacks) {
        return JsonObject.builder()
                .put("status", "not ready")
                .put(
                        "missing",
                        JsonArray.ofStrings(lacks.stream().map(Missing::word).toList()))
                .build();
    }

    private synchronized List<Missing> lacks(Instant now) {
        if (seen.isEmpty() || !now.isBefore(seen.get().at().plus(PAUSE))) {
            seen = Optional.of(new Seen(issuer.lacks(now), now));
        }
        return seen.get().lacks();
    }

    synchronized void drop() {
        seen = Optional.empty();
    }
}
