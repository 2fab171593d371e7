// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import java.util.ArrayList;
import java.util.List;

/** A gateway's question in the lines that it sends. */
record Question(Gateway gateway, String method, String target, String host, List<String> more) {
    static Question of(Gateway gateway, String method, String target) {
        return new Question(gateway, method, target, "signer.acme.example", List.of());
    }

    /** With these lines of the caller as well. */
    Question with(String... lines) {
        var all = new ArrayList<>(more);
        all.addAll(List.of(lines));
        return new Question(gateway, method, target, host, all);
    }

    Question at(String otherHost) {
        return new Question(gateway, method, target, otherHost, more);
    }

    List<String> lines() {
        var lines = new ArrayList<>(own());
        lines.addAll(more);
        lines.add("Connection: close");
        return lines;
    }

    private List<String> own() {
        return switch (gateway) {
            case NGINX, HAPROXY ->
                List.of(
                        "GET /check HTTP/1.1",
                        "Host: guard",
                        "X-Original-Request: " + method + " " + target + " HTTP/1.1",
                        "X-Original-Host: " + host);
            case CADDY ->
                List.of(
                        "GET /check HTTP/1.1",
                        "Host: " + host,
                        "X-Forwarded-Host: " + host,
                        "X-Forwarded-Method: " + method,
                        "X-Forwarded-Uri: " + target);
            case TRAEFIK ->
                List.of(
                        "GET /check HTTP/1.1",
                        "Host: guard",
                        "X-Forwarded-Host: " + host,
                        "X-Forwarded-Method: " + method,
                        "X-Forwarded-Uri: " + target);
            case ENVOY -> List.of(method + " /check" + target + " HTTP/1.1", "Host: " + host, "Content-Length: 0");
        };
    }
}
