// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.http.TestIssuer;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.Ledger;
import io.taskbound.token.TaskSigner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Instances of one issuer, each with its own clock and its own copy of the provider's keys; any of them answers. */
final class Instances {
    private final List<IssuerEdge> edges;

    Instances(List<Clock> clocks, String policy, Ledger ledger, TaskSigner signer, Consumer<String> audit) {
        this.edges = clocks.stream()
                .map(clock -> new IssuerEdge(new IssuerParts(
                        TestIssuer.ISSUER,
                        new CurrentPolicy(TestIssuer.compile(policy), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK)),
                        ledger,
                        signer,
                        Runnable::run,
                        audit,
                        line -> {},
                        clock)))
                .toList();
    }

    /** What one of them answers. */
    record Answer(int status, JsonObject body, int retryAfterSeconds) {}

    /** @param server whether a resource server asks */
    Answer post(String path, Map<String, String> form, boolean server) {
        var body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("content-type", List.of("application/x-www-form-urlencoded"));
        if (server) {
            headers.put("authorization", List.of(TestIssuer.basic("signer", TestIssuer.SIGNER_SECRET)));
        }
        var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        var any = edges.get(ThreadLocalRandom.current().nextInt(edges.size()));
        return read(any.handle(new HttpRequest("POST", path, headers, bytes, Optional.empty())));
    }

    private static Answer read(HttpResponse response) {
        try {
            var body = response.body().length == 0 ? JsonObject.EMPTY : StrictJson.parseObject(response.body());
            int retryAfter = Integer.parseInt(response.headers().getOrDefault("Retry-After", "0"));
            return new Answer(response.status(), body, retryAfter);
        } catch (MalformedJson malformed) {
            throw new AssertionError("an answer that is not JSON", malformed);
        }
    }
}
