// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * One exchange with the command: judged, passed on, answered. An answer that breaks off at the service breaks off here,
 * too: the connection is closed without the end of the body.
 */
final class Handling {
    private static final int MAX_DISCARDED = 1024 * 1024;
    private static final int OK = 200;
    private static final int NO_BODY = -1;
    private static final int UNKNOWN_LENGTH = 0;

    private final Gate gate;
    private final Backend backend;
    private final LocalAddress local;
    private final EchoMask mask;

    Handling(Gate gate, Backend backend, LocalAddress local, EchoMask mask) {
        this.gate = gate;
        this.backend = backend;
        this.local = local;
        this.mask = mask;
    }

    void handle(HttpExchange exchange, Underway underway) throws IOException {
        var admission = gate.judge(head(exchange));
        if (admission instanceof Admission.No no) {
            turnAway(exchange, no.why());
        } else if (admission instanceof Admission.Yes yes) {
            passOn(exchange, yes.request(), underway);
        }
    }

    private static RequestHead head(HttpExchange exchange) {
        // Not its path: java.net.URI reads a target that begins with // as a host and a path.
        return new RequestHead(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders());
    }

    private void passOn(HttpExchange exchange, Admitted request, Underway underway) throws IOException {
        var body = new Upload(exchange.getRequestBody(), length(request.head()), underway::progress);
        HttpResponse<InputStream> answer;
        try {
            answer = backend.send(request, body, underway);
        } catch (CancellationException stopped) {
            stopped(exchange, body, stopped);
            return;
        } catch (IllegalArgumentException unsendable) {
            turnAway(exchange, new TurnedAway(400, "the method or a header cannot be sent on."));
            return;
        } catch (IOException fault) {
            if (underway.isStopped()) {
                // The client closes the connection when it is cancelled, and may tell of that first.
                stopped(exchange, body, fault);
                return;
            }
            body.discard(MAX_DISCARDED);
            refuse(exchange, new TurnedAway(502, NoAnswer.sentence(fault)));
            return;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ending);
        }
        answer(exchange, request, answer, underway);
    }

    private void stopped(HttpExchange exchange, Upload body, Exception why) throws IOException {
        if (!body.isWhole()) {
            // The command may be what is silent, and then it takes no answer either.
            throw new IOException("stopped", why);
        }
        refuse(exchange, new TurnedAway(504, "the service was silent for too long, or the step has ended."));
    }

    /** What the JDK's server has checked: of both fields at most one, once. */
    private static long length(RequestHead head) {
        if (head.has("transfer-encoding")) {
            return -1;
        }
        return head.header("content-length").stream()
                .findFirst()
                .map(text -> Long.parseLong(text.strip()))
                .orElse(0L);
    }

    private void answer(HttpExchange exchange, Admitted request, HttpResponse<InputStream> answer, Underway underway)
            throws IOException {
        try (var body = answer.body()) {
            var unreadable = unreadable(answer);
            if (unreadable.isPresent()) {
                refuse(exchange, unreadable.get());
                return;
            }
            headers(exchange, request, answer);
            long length = answer.headers().firstValueAsLong("content-length").orElse(-1);
            boolean bodiless = request.head().method().equals("HEAD") || Answers.haveNoBody(answer.statusCode());
            if (bodiless || length == 0) {
                if (length >= 0 && request.head().method().equals("HEAD")) {
                    exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
                }
                exchange.sendResponseHeaders(answer.statusCode(), NO_BODY);
            } else {
                exchange.sendResponseHeaders(answer.statusCode(), length > 0 ? length : UNKNOWN_LENGTH);
                mask.copy(body, exchange.getResponseBody(), underway::progress);
                if (underway.isStopped()) {
                    throw new IOException("stopped");
                }
            }
        }
        exchange.close();
    }

    private Optional<TurnedAway> unreadable(HttpResponse<InputStream> answer) {
        if (answer.statusCode() < OK) {
            return Optional.of(new TurnedAway(502, "the service wants to speak something else than HTTP."));
        }
        boolean compressed = answer.headers().allValues("content-encoding").stream()
                .anyMatch(value -> !value.strip().toLowerCase(Locale.ROOT).equals("identity"));
        return compressed
                ? Optional.of(new TurnedAway(
                        502,
                        "the service compressed its answer although it was asked not to, so it cannot be searched for"
                                + " the token."))
                : Optional.empty();
    }

    private void headers(HttpExchange exchange, Admitted request, HttpResponse<InputStream> answer) {
        var fields = Fields.of(answer.headers().allValues("connection"));
        answer.headers().map().forEach((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!fields.passesBack(lower)) {
                return;
            }
            values.stream()
                    .filter(value -> !mask.isIn(value))
                    .map(value -> isAddress(lower) ? local.rewritten(value, request.url()) : value)
                    .forEach(value -> exchange.getResponseHeaders().add(name, value));
        });
    }

    private static boolean isAddress(String name) {
        return name.equals("location") || name.equals("content-location");
    }

    static void turnAway(HttpExchange exchange, TurnedAway why) throws IOException {
        discard(exchange);
        refuse(exchange, why);
    }

    private static void refuse(HttpExchange exchange, TurnedAway why) throws IOException {
        var text = ("taskbound: " + why.text() + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        // What comes after it on this connection is not to be mistaken for another request.
        exchange.getResponseHeaders().set("Connection", "close");
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(why.status(), bodiless ? NO_BODY : text.length);
        if (!bodiless) {
            exchange.getResponseBody().write(text);
        }
        exchange.close();
    }

    /** A connection that is closed with octets unread is reset, and then the command never hears why. */
    private static void discard(HttpExchange exchange) {
        try {
            var octets = exchange.getRequestBody().readNBytes(MAX_DISCARDED);
            assert octets.length <= MAX_DISCARDED;
        } catch (IOException gone) {
            return;
        }
    }
}
