// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import io.taskbound.cli.mcp.rpc.RpcFault;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.cli.mcp.rpc.RpcReader;
import io.taskbound.cli.once.RestedClients;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Streamable HTTP: each message is a POST of its own, and its answer is JSON or the last event of a stream. Of a
 * caller's own header fields none is sent on.
 */
final class HttpLink implements Link {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MAX_ANSWER = 8 * 1024 * 1024;
    private static final String SESSION = "Mcp-Session-Id";

    private final URI url;
    private final Map<String, String> credential;
    private final Unasked unasked;
    private final RestedClients clients;
    private final ScheduledThreadPoolExecutor deadlines;

    /** @param credential the gateway's own header fields; secret */
    HttpLink(URI url, Map<String, String> credential, Unasked unasked) {
        this.url = url;
        this.credential = Map.copyOf(credential);
        this.unasked = unasked;
        this.clients = new RestedClients(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT));
        this.deadlines = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "taskbound-mcp-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /** An answer of which the body is yet to be read. */
    private record Answering(HttpResponse<InputStream> response, RestedClients.Lease client) implements AutoCloseable {
        @Override
        public void close() {
            cut(response.body());
            client.close();
        }
    }

    @Override
    public Reply ask(RpcMessage.Call call, Map<String, String> headers, Duration patience) throws UpstreamFault {
        try (var answering = send(call.asJson(), headers, patience)) {
            var response = answering.response();
            var session = response.headers().firstValue(SESSION);
            var end = deadlines.schedule(() -> cut(response.body()), patience.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return new Reply(response.statusCode(), answer(response, call, headers), session);
            } catch (IOException broken) {
                throw new UpstreamFault("the MCP server's answer broke off or took too long: " + broken.getMessage());
            } finally {
                end.cancel(false);
            }
        }
    }

    @Override
    public void tell(RpcMessage.Notice notice, Map<String, String> headers) throws UpstreamFault {
        send(notice.asJson(), headers, CONNECT.multipliedBy(2)).close();
    }

    private Answering send(JsonObject message, Map<String, String> headers, Duration patience) throws UpstreamFault {
        var request = HttpRequest.newBuilder(url)
                .timeout(patience)
                .POST(BodyPublishers.ofString(JsonText.of(message)))
                .setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json, text/event-stream");
        headers.forEach(request::setHeader);
        credential.forEach(request::setHeader);
        var client = clients.take();
        boolean answered = false;
        try {
            var response = client.client().send(request.build(), BodyHandlers.ofInputStream());
            answered = true;
            return new Answering(response, client);
        } catch (IOException unreachable) {
            throw new UpstreamFault("the MCP server at " + url + " did not answer: " + unreachable.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UpstreamFault("the gateway is ending");
        } finally {
            if (!answered) {
                client.close();
            }
        }
    }

    private Optional<RpcMessage> answer(
            HttpResponse<InputStream> response, RpcMessage.Call call, Map<String, String> headers)
            throws IOException, UpstreamFault {
        var type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/event-stream")) {
            return Optional.of(lastEvent(response.body(), call, headers));
        }
        var octets = response.body().readNBytes(MAX_ANSWER + 1);
        if (!type.startsWith("application/json")) {
            return Optional.empty();
        }
        if (octets.length > MAX_ANSWER) {
            throw new UpstreamFault("the MCP server's answer is longer than " + MAX_ANSWER + " bytes");
        }
        boolean failed = response.statusCode() >= 400;
        try {
            var message = RpcReader.read(octets);
            if (isAnswer(message, call)) {
                return Optional.of(message);
            }
        } catch (RpcFault notRpc) {
            if (!failed) {
                throw new UpstreamFault("the MCP server's answer cannot be read: " + notRpc.getMessage());
            }
        }
        return Optional.empty();
    }

    private RpcMessage lastEvent(InputStream body, RpcMessage.Call call, Map<String, String> headers)
            throws IOException, UpstreamFault {
        var events = new EventStream(body, MAX_ANSWER);
        for (var event = events.next(); event.isPresent(); event = events.next()) {
            // An event may have no message in it, such as the first of a stream that can be resumed.
            if (event.get().length > 0) {
                var message = read(event.get());
                if (isAnswer(message, call)) {
                    return message;
                } else if (message instanceof RpcMessage.Notice notice) {
                    unasked.heard(notice);
                } else if (message instanceof RpcMessage.Call question) {
                    send(unasked.answer(question), headers, CONNECT).close();
                }
            }
        }
        throw new UpstreamFault("the MCP server ended its stream without an answer");
    }

    private static RpcMessage read(byte[] event) throws UpstreamFault {
        try {
            return RpcReader.read(event);
        } catch (RpcFault notRpc) {
            throw new UpstreamFault("the MCP server sent an event that cannot be read: " + notRpc.getMessage());
        }
    }

    static boolean isAnswer(RpcMessage message, RpcMessage.Call call) {
        return (message instanceof RpcMessage.Result result && result.id().equals(call.id()))
                || (message instanceof RpcMessage.Failure failure
                        && failure.id().orElse(call.id()).equals(call.id()));
    }

    private static void cut(InputStream body) {
        try {
            body.close();
        } catch (IOException alreadyGone) {
            return;
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }
}
