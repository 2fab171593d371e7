// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.rules.RulesFile;
import io.taskbound.client.TaskDetail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final String HERE = "127.0.0.1:4711";
    private static final List<TaskDetail> GRANTED = List.of(TaskDetail.of("read", "read", "ticket:7"));

    private final PathSecret secret = PathSecret.random();
    private final String root = "/" + secret.reveal();

    @TempDir
    private Path folder;

    private Gate gate(String base) {
        return gate(base, new Permits(Optional.empty(), GRANTED));
    }

    private Gate gate(String base, Permits permits) {
        return new Gate(
                InjectTarget.parse("https://tickets.acme.example" + base).orElseThrow(), secret, HERE, permits);
    }

    private static RequestHead head(String method, String target) {
        return new RequestHead(method, target, Map.of("Host", List.of(HERE)));
    }

    private static RequestHead with(RequestHead head, String name, String... values) {
        var headers = new HashMap<>(head.headers());
        headers.put(name, List.of(values));
        return new RequestHead(head.method(), head.target(), headers);
    }

    private static int status(Admission admission) {
        return admission.match(yes -> 200, TurnedAway::status);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', https://tickets.acme.example/",
        "'', /, https://tickets.acme.example/",
        "'', ?a=b, https://tickets.acme.example/?a=b",
        "'', /tickets/7?page=2, https://tickets.acme.example/tickets/7?page=2",
        "/v1, '', https://tickets.acme.example/v1",
        "/v1, /tickets/7, https://tickets.acme.example/v1/tickets/7"
    })
    void sendsWhatFollowsTheSecretBelowTheBase(String base, String rest, String url) {
        assertThat(gate(base)
                        .judge(head("GET", root + rest))
                        .match(yes -> yes.url().toString(), TurnedAway::text))
                .isEqualTo(url);
    }

    @Test
    void tellsNothingToWhoDoesNotKnowTheSecret() {
        var other = "/" + PathSecret.random().reveal();
        for (var target : List.of(
                "/",
                "*",
                "/tickets/7",
                other + "/tickets/7",
                root + "x/tickets/7",
                root.substring(1),
                "//" + HERE + root,
                "http://" + HERE + root + "/tickets/7",
                "http://evil.example/",
                "evil.example:443")) {
            assertThat(gate("").judge(head("GET", target))).isEqualTo(new Admission.No(TurnedAway.UNKNOWN));
        }
        assertThat(gate("").judge(with(head("GET", "/"), "origin", "https://evil.example")))
                .isEqualTo(new Admission.No(TurnedAway.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/a",
                "/a//b",
                "/a/../b",
                "/..",
                "/a/%2e%2e/b",
                "/a%2fb",
                "/a;b",
                "/a\\b",
                "/a#b",
                "/a?b=c#d",
                "/\u00e9",
                "/a?b;c",
                "/a?_method=DELETE"
            })
    void refusesWhatCouldBeReadInTwoWays(String rest) {
        assertThat(status(gate("").judge(head("GET", root + rest)))).isEqualTo(400);
    }

    @Test
    void refusesAnotherHostAndBrowsersEvenWithTheWholeAddress() {
        var good = head("GET", root + "/tickets/7");
        assertThat(status(gate("").judge(good))).isEqualTo(200);
        assertThat(status(gate("").judge(with(good, "host", "evil.example")))).isEqualTo(403);
        assertThat(status(gate("").judge(with(good, "host", "localhost:4711")))).isEqualTo(403);
        assertThat(status(gate("").judge(with(good, "host", HERE, HERE)))).isEqualTo(403);
        assertThat(status(gate("").judge(new RequestHead("GET", good.target(), Map.of()))))
                .isEqualTo(403);
        assertThat(status(gate("").judge(with(good, "origin", "null")))).isEqualTo(403);
        assertThat(status(gate("").judge(with(good, "sec-fetch-site", "none")))).isEqualTo(403);
        // As Node's fetch sends it.
        assertThat(gate("").judge(with(good, "sec-fetch-mode", "cors"))).isInstanceOf(Admission.Yes.class);
    }

    @Test
    void refusesCredentialsOfTheCommandsOwnAndWhatIsNoPlainRequest() {
        var good = head("GET", root + "/tickets/7");
        assertThat(status(gate("").judge(with(good, "Authorization", "Bearer x"))))
                .isEqualTo(400);
        assertThat(status(gate("").judge(with(good, "DPoP", "x")))).isEqualTo(400);
        assertThat(status(gate("").judge(with(good, "X-HTTP-Method-Override", "DELETE"))))
                .isEqualTo(400);
        assertThat(status(gate("").judge(with(good, "Destination", "http://" + HERE + root + "/b"))))
                .isEqualTo(400);
        assertThat(status(gate("").judge(with(good, "Referer", "http://" + HERE + root + "/b"))))
                .isEqualTo(200);
        assertThat(status(gate("").judge(with(good, "Upgrade", "websocket")))).isEqualTo(501);
        assertThat(status(gate("").judge(head("TRACE", root + "/")))).isEqualTo(405);
        assertThat(status(gate("").judge(head("get", root + "/")))).isEqualTo(400);
    }

    @Test
    void withRulesOnlyTheGrantedUsePasses() throws IOException {
        var gate = gate(
                "",
                new Permits(
                        Optional.of(rules().match(set -> set, faults -> {
                            throw new AssertionError(faults.toString());
                        })),
                        GRANTED));
        assertThat(status(gate.judge(head("GET", root + "/tickets/7")))).isEqualTo(200);
        assertThat(status(gate.judge(head("GET", root + "/tickets/8")))).isEqualTo(403);
        assertThat(status(gate.judge(head("DELETE", root + "/tickets/7")))).isEqualTo(403);
        assertThat(status(gate.judge(head("POST", root + "/tickets/7")))).isEqualTo(403);
        assertThat(status(gate.judge(head("GET", root + "/tickets/7?page=1")))).isEqualTo(403);
        assertThat(status(gate.judge(head("GET", root + "/users")))).isEqualTo(403);
        assertThat(gate.judge(head("GET", root + "/tickets/7")).match(Admitted::withToken, no -> false))
                .isTrue();
        assertThat(gate.judge(head("GET", root + "/healthz")).match(Admitted::withToken, no -> true))
                .isFalse();
    }

    private RulesFile rules() throws IOException {
        var file = folder.resolve("rules.yaml");
        Files.writeString(file, """
            version: 1
            public_url: https://tickets.acme.example
            rules:
              - name: read-ticket
                methods: [GET]
                path: /tickets/{ticket}
                where: {ticket: digits}
                action: read
                identifier: "ticket:{ticket}"
              - name: delete-ticket
                methods: [DELETE]
                path: /tickets/{ticket}
                where: {ticket: digits}
                action: delete
                identifier: "ticket:{ticket}"
            open: [/healthz]
            """);
        return RulesFile.read(file);
    }
}
