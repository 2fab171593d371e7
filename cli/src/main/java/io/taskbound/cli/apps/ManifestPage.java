// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.digest.Base64Url;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The page on loopback, and the address to which GitHub sends the person back with a code. Both are under a random
 * path, so that nobody else on this machine finds them; the way back takes one code, and only with the state that the
 * form sent along. A request under another host name, as by DNS rebinding, is refused.
 */
final class ManifestPage implements AutoCloseable {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final int SECRET_BYTES = 24;
    private static final int THREADS = 4;

    private final ManifestForm form;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
        var thread = new Thread(work, "github-app-page");
        thread.setDaemon(true);
        return thread;
    });
    private final BlockingQueue<String> codes = new ArrayBlockingQueue<>(1);
    private final String path = "/" + Base64Url.random(SECRET_BYTES);
    private final String state = Base64Url.random(SECRET_BYTES);
    private boolean used;

    private ManifestPage(ManifestForm form, HttpServer server) {
        this.form = form;
        this.server = server;
    }

    static ManifestPage open(ManifestForm form) throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var page = new ManifestPage(form, HttpServer.create(new InetSocketAddress(loopback, 0), THREADS));
        page.server.setExecutor(page.threads);
        page.server.createContext("/", page::answer);
        page.server.start();
        return page;
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What the person opens. */
    String url() {
        return "http://" + host() + path;
    }

    private String back() {
        return url() + "/made";
    }

    /** The code that GitHub sent; empty when none came in time. */
    Optional<String> code(Duration within) throws InterruptedException {
        return Optional.ofNullable(codes.poll(within.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            if (!exchange.getRequestMethod().equals("GET")
                    || !host().equals(exchange.getRequestHeaders().getFirst("Host"))) {
                send(exchange, 400, "This page is not for such a request.");
            } else if (isThat(uri.getPath(), path)) {
                send(exchange, 200, form.html(back(), state));
            } else if (isThat(uri.getPath(), path + "/made")) {
                made(exchange, parameters(Optional.ofNullable(uri.getRawQuery()).orElse("")));
            } else {
                send(exchange, 404, "There is no such page.");
            }
        }
    }

    private void made(HttpExchange exchange, Map<String, String> parameters) throws IOException {
        var code = parameters.getOrDefault("code", "");
        if (!isThat(parameters.getOrDefault("state", ""), state)
                || !CODE.matcher(code).matches()) {
            send(exchange, 400, "This is not the answer to the form of this page. Nothing was done.");
        } else if (!take(code)) {
            send(exchange, 409, "The answer has come already. Nothing was done.");
        } else {
            send(exchange, 200, "GitHub has answered. Close this page, and go on in the terminal.");
        }
    }

    private synchronized boolean take(String code) {
        boolean first = !used;
        used = true;
        return first && codes.offer(code);
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        for (var field : query.split("&")) {
            var pair = field.split("=", 2);
            // Neither value has a character that would be escaped; a repeated one is none of GitHub's.
            if (pair.length == 2 && parameters.put(pair[0], pair[1]) != null) {
                return Map.of();
            }
        }
        return parameters;
    }

    private static boolean isThat(String text, String secret) {
        return MessageDigest.isEqual(text.getBytes(UTF_8), secret.getBytes(UTF_8));
    }

    private void send(HttpExchange exchange, int status, String text) throws IOException {
        var html = text.startsWith("<")
                ? text
                : "<!DOCTYPE html><html lang=\"en\"><title>Taskbound</title><p>" + ManifestForm.escaped(text)
                        + "</p></html>";
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Content-Security-Policy", form.contentPolicy());
        headers.set("Cache-Control", "no-store");
        // Not no-referrer: the form would then say that it comes from nowhere (Origin: null), which a server may
        // refuse.
        headers.set("Referrer-Policy", "strict-origin");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        var body = html.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** What is being answered is still sent. */
    @Override
    public void close() {
        server.stop(1);
        threads.shutdown();
    }
}
