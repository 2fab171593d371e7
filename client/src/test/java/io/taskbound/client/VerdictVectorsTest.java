// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import io.taskbound.client.resource.Enforcer;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service answers; the packages for Node and Python play the same cases. */
class VerdictVectorsTest {
    private static final Vectors FILE = Vectors.read("verdicts.json");
    private static final List<String> TEXTS = List.of("token", "bound_token", "proof");

    private final IssuerStandIn issuer = new IssuerStandIn();

    @AfterEach
    void stop() {
        issuer.close();
    }

    static Stream<Arguments> redeem() {
        return FILE.cases("redeem");
    }

    @ParameterizedTest
    @MethodSource
    void redeem(Map<String, Object> vector) {
        issuer.playing(Vectors.objects(vector.get("answers")).stream()
                .map(VerdictVectorsTest::turn)
                .toArray(IssuerStandIn.Turn[]::new));
        var expected = Vectors.object(vector.get("verdict"));

        assertThat(members(enforce(vector))).containsExactlyInAnyOrderEntriesOf(whole(expected));
        assertThat(issuer.received().stream().map(IssuerStandIn.Received::form).toList())
                .isEqualTo(Vectors.objects(vector.get("asked")).stream()
                        .map(this::form)
                        .toList());
    }

    @Test
    void eachReasonHasACase() {
        var reasons = redeem().map(
                        one -> Vectors.object(vectorOf(one).get("verdict")).get("reason"))
                .distinct();
        assertThat(reasons).hasSize(15);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> vectorOf(Arguments one) {
        return ((Named<Map<String, Object>>) one.get()[0]).getPayload();
    }

    private Verdict enforce(Map<String, Object> vector) {
        var server = FILE.object("server");
        var client = Samples.client(issuer, new TestClock())
                .patience(Patience.DEFAULT)
                .build();
        var use = new Use(FILE.text("action"), FILE.text("identifier"), "use-1");
        var presented = Presented.read(filledIn(vector.get("authorization")), filledIn(vector.get("dpop")));
        return Enforcer.of(client, ServerCredentials.of((String) server.get("name"), (String) server.get("secret")))
                .enforce(
                        presented,
                        Boolean.TRUE.equals(vector.get("repeat_allowed")) ? use.allowingRepeat() : use,
                        FILE.text("method"),
                        URI.create(FILE.text("url")));
    }

    private static List<String> filledIn(Object values) {
        return Vectors.texts(values).stream().map(VerdictVectorsTest::filledIn).toList();
    }

    private static String filledIn(String template) {
        var text = template;
        for (var name : TEXTS) {
            text = text.replace("{" + name + "}", FILE.text(name));
        }
        return text;
    }

    /** All that a request asks, of which the case has what is not usual. */
    private Map<String, String> form(Map<String, Object> more) {
        var form = new HashMap<String, String>();
        form.put("token", issuer.received().get(0).form().get("token"));
        form.put("action", FILE.text("action"));
        form.put("identifier", FILE.text("identifier"));
        form.put("use_id", "use-1");
        more.forEach((name, value) -> form.put(name, filledIn((String) value)));
        return form;
    }

    private static IssuerStandIn.Turn turn(Map<String, Object> answer) {
        if (answer.containsKey("lost")) {
            return IssuerStandIn.cutOff();
        }
        int status = ((Number) answer.get("status")).intValue();
        return exchange -> {
            var headers = Vectors.object(answer.getOrDefault("headers", Map.of()));
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, (String) value));
            write(exchange, status, text(answer.get("body")));
        };
    }

    private static void write(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String text(@Nullable Object body) {
        if (body instanceof Map<?, ?>) {
            return JSONObjectUtils.toJSONString(state(Vectors.object(body)));
        }
        return body == null || body instanceof String ? Objects.toString(body, "") : "[true]";
    }

    private static Map<String, Object> state(Map<String, Object> body) {
        if (!body.containsKey("$active")) {
            return body;
        }
        var whole = new LinkedHashMap<>(FILE.object("active_state"));
        whole.putAll(body);
        whole.remove("$active");
        whole.values().removeIf(Objects::isNull);
        return whole;
    }

    private static Map<String, Object> members(Verdict verdict) {
        var members = new HashMap<String, Object>();
        if (verdict instanceof Verdict.Refused refused) {
            members.put("status", (long) refused.status());
            members.put("reason", refused.reason());
            members.put("message", refused.message());
            members.put("headers", refused.headers());
            members.put("operator", refused.operator().isPresent());
        } else {
            var token = ((Verdict.Allowed) verdict).token();
            members.put("status", 200L);
            members.put("reason", "allowed");
            members.put("handle", token.handle());
            members.put(
                    "headers",
                    token.nonce().map(nonce -> Map.of("DPoP-Nonce", nonce)).orElse(Map.of()));
            token.usesLeft().ifPresent(left -> members.put("uses_left", left));
        }
        return members;
    }

    private static Map<String, Object> whole(Map<String, Object> expected) {
        var whole = new HashMap<String, Object>(expected);
        whole.putIfAbsent("headers", Map.of());
        if (!whole.get("status").equals(200L)) {
            whole.putIfAbsent("operator", false);
        }
        return whole;
    }
}
