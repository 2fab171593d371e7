// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import io.taskbound.cli.rules.Oddity;
import io.taskbound.cli.rules.Overrides;
import io.taskbound.cli.rules.RequestTarget;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides from a request's head whether it is passed on, and where to. Whoever does not know the path's secret is told
 * nothing else, whatever else is wrong; a web page, which a browser lets send a request, is turned away even if it has
 * the whole address.
 */
final class Gate {
    private static final Set<String> REFUSED_METHODS = Set.of("TRACE", "CONNECT");
    /**
     * A browser sets one of them on a request that a page made; no program sets them by itself. Not so with
     * Sec-Fetch-Mode, which Node's fetch sends.
     */
    private static final List<String> OF_BROWSERS = List.of("origin", "sec-fetch-site");

    private final InjectTarget target;
    private final PathSecret secret;
    private final String authority;
    private final Permits permits;

    /** @param authority the host and port of the proxy itself */
    Gate(InjectTarget target, PathSecret secret, String authority, Permits permits) {
        this.target = target;
        this.secret = secret;
        this.authority = authority;
        this.permits = permits;
    }

    Admission judge(RequestHead head) {
        var rest = secret.after(head.target());
        if (rest.isEmpty()) {
            return new Admission.No(TurnedAway.UNKNOWN);
        }
        return fault(head)
                .<Admission>map(Admission.No::new)
                .orElseGet(() -> RequestTarget.read(head.method(), target.base() + rooted(rest.get()))
                        .match(plain -> permitted(head, plain, rest.get()), odd -> new Admission.No(odd(odd))));
    }

    /** Below a base the address without a slash is the base itself; a service has no empty path. */
    private String rooted(String rest) {
        return target.base().isEmpty() && !rest.startsWith("/") ? "/" + rest : rest;
    }

    private Admission permitted(RequestHead head, RequestTarget plain, String rest) {
        var url = URI.create(target.origin() + target.base() + rooted(rest));
        return permits.judge(plain)
                .match(
                        withToken -> new Admission.Yes(new Admitted(head, url, withToken)),
                        why -> new Admission.No(why));
    }

    private Optional<TurnedAway> fault(RequestHead head) {
        return named(head)
                .or(() -> browser(head))
                .or(() -> method(head))
                .or(() -> own(head))
                .or(() -> override(head));
    }

    private Optional<TurnedAway> named(RequestHead head) {
        return head.header("host").equals(List.of(authority))
                ? Optional.empty()
                : Optional.of(new TurnedAway(
                        403,
                        "the request must have one header Host, which is the host and port of TASKBOUND_URL. Do not"
                                + " set it by hand."));
    }

    private static Optional<TurnedAway> browser(RequestHead head) {
        return OF_BROWSERS.stream().anyMatch(head::has)
                ? Optional.of(new TurnedAway(
                        403, "a request that a web page made is not passed on. Leave out the header Origin."))
                : Optional.empty();
    }

    private static Optional<TurnedAway> method(RequestHead head) {
        if (REFUSED_METHODS.contains(head.method())) {
            return Optional.of(new TurnedAway(405, "TRACE and CONNECT are not passed on."));
        }
        return head.has("upgrade")
                ? Optional.of(new TurnedAway(
                        501, "a connection cannot be upgraded here, so there are no WebSockets; use plain HTTP/1.1."))
                : Optional.empty();
    }

    /** What is sent on is ours alone. */
    private Optional<TurnedAway> own(RequestHead head) {
        if (head.has("authorization") || head.has("dpop")) {
            return Optional.of(new TurnedAway(
                    400, "taskbound adds the token by itself. Leave out the headers Authorization and DPoP."));
        }
        boolean tells = head.headers().entrySet().stream()
                .filter(field -> !field.getKey().equals("referer"))
                .flatMap(field -> field.getValue().stream())
                .anyMatch(secret::isIn);
        return tells
                ? Optional.of(new TurnedAway(
                        400,
                        "a header holds the address in TASKBOUND_URL, which nobody else may know. Write the service's"
                                + " own address there."))
                : Optional.empty();
    }

    private static Optional<TurnedAway> override(RequestHead head) {
        return head.headers().keySet().stream().anyMatch(Overrides::isHeader)
                ? Optional.of(odd(Oddity.METHOD_OVERRIDE))
                : Optional.empty();
    }

    private static TurnedAway odd(Oddity oddity) {
        return new TurnedAway(
                400, oddity.sentence() + ". Such a request could be read in two ways; write it differently.");
    }
}
