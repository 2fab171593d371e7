// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import io.taskbound.cli.http.LocalRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a gateway's question carries the original request. Only one way is read, the one that was chosen: a caller can
 * send the header fields of all others through his gateway.
 */
enum Gateway {
    /** {@code auth_request}, with the whole request line in {@code X-Original-Request}. */
    NGINX {
        @Override
        Original read(LocalRequest question) {
            return ofLine(question, ORIGINAL_HOST);
        }
    },
    /** {@code forward_auth}, which leaves Host as it was. */
    CADDY {
        @Override
        Original read(LocalRequest question) {
            return ofFields(question, HOST);
        }
    },
    /** {@code forwardAuth}. */
    TRAEFIK {
        @Override
        Original read(LocalRequest question) {
            return ofFields(question, FORWARDED_HOST);
        }
    },
    /** {@code ext_authz} over HTTP: the original request itself, with {@value Guard#PATH} before its path. */
    ENVOY {
        @Override
        Original read(LocalRequest question) {
            var host = one(question, HOST);
            if (host.isEmpty() || !question.target().startsWith(Guard.PATH + "/")) {
                return new Original.Unreadable();
            }
            return new Original.Request(
                    question.method(), question.target().substring(Guard.PATH.length()), host.get());
        }
    },
    /** The Lua action of docs/examples/guard, with the same header fields as nginx. */
    HAPROXY {
        @Override
        Original read(LocalRequest question) {
            return ofLine(question, ORIGINAL_HOST);
        }
    };

    private static final String HOST = "host";
    private static final String ORIGINAL_REQUEST = "x-original-request";
    private static final String ORIGINAL_HOST = "x-original-host";
    private static final String FORWARDED_METHOD = "x-forwarded-method";
    private static final String FORWARDED_URI = "x-forwarded-uri";
    private static final String FORWARDED_HOST = "x-forwarded-host";

    /** Every field that says of some gateway what the original request was. */
    private static final Set<String> ORIGINALS = Set.of(
            ORIGINAL_REQUEST, ORIGINAL_HOST, "x-original-method", "x-original-uri", FORWARDED_METHOD, FORWARDED_URI);

    private static final int LINE_PARTS = 3;

    static Optional<Gateway> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /** As it is typed. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String words() {
        return Arrays.stream(values()).map(Gateway::word).collect(Collectors.joining(", "));
    }

    /** The original request, if the question carries exactly one. */
    abstract Original read(LocalRequest question);

    /** Whether the question has a field by which another gateway would tell the original request. */
    boolean hasForeignField(LocalRequest question) {
        var foreign = new HashSet<>(ORIGINALS);
        foreign.removeAll(own());
        // Some gateways let an underscore pass for a dash.
        return question.headerNames().stream()
                .anyMatch(name ->
                        name.indexOf('_') < 0 ? foreign.contains(name) : ORIGINALS.contains(name.replace('_', '-')));
    }

    private List<String> own() {
        return switch (this) {
            case NGINX, HAPROXY -> List.of(ORIGINAL_REQUEST, ORIGINAL_HOST);
            case CADDY, TRAEFIK -> List.of(FORWARDED_METHOD, FORWARDED_URI);
            case ENVOY -> List.of();
        };
    }

    /** A request line in one field: {@code GET /tickets/7 HTTP/1.1}. */
    private static Original ofLine(LocalRequest question, String hostField) {
        var line = one(question, ORIGINAL_REQUEST).map(text -> text.split(" ", -1));
        var host = one(question, hostField);
        if (line.isEmpty() || host.isEmpty() || line.get().length != LINE_PARTS || !line.get()[2].startsWith("HTTP/")) {
            return new Original.Unreadable();
        }
        return new Original.Request(line.get()[0], line.get()[1], host.get());
    }

    private static Original ofFields(LocalRequest question, String hostField) {
        var method = one(question, FORWARDED_METHOD);
        var target = one(question, FORWARDED_URI);
        var host = one(question, hostField);
        return method.isEmpty() || target.isEmpty() || host.isEmpty()
                ? new Original.Unreadable()
                : new Original.Request(method.get(), target.get(), host.get());
    }

    /** The value of a field that must be there once. */
    private static Optional<String> one(LocalRequest question, String name) {
        var values = question.header(name);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
