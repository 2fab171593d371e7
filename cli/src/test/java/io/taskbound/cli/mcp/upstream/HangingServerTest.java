// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.mcp.rpc.Protocol;
import io.taskbound.cli.mcp.rpc.RpcError;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server that hangs, or never stops talking, holds up no caller for longer than the gateway's patience. */
@Timeout(20)
class HangingServerTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final int TOO_LONG = 8 * 1024 * 1024 + 1;

    private static RpcMessage.Call call(int id, String text) {
        return new RpcMessage.Call(
                JsonNumber.of(id),
                Protocol.CALL_TOOL,
                JsonObject.builder().put("text", text).build());
    }

    private static void assertFault(HttpHandler handler, Duration patience, String what) throws Exception {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var threads = Executors.newCachedThreadPool();
        http.setExecutor(threads);
        http.createContext("/", handler);
        http.start();
        var url = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/mcp");
        try (var link = new HttpLink(url, Map.of(), new Unasked(() -> {}))) {
            assertThatExceptionOfType(UpstreamFault.class)
                    .isThrownBy(() -> link.ask(call(1, ""), Map.of(), patience))
                    .satisfies(fault -> assertThat(fault.what()).contains(what));
        } finally {
            threads.shutdownNow();
            http.stop(0);
        }
    }

    private static void begin(HttpExchange exchange, String type, long length) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, length);
        exchange.getResponseBody().flush();
    }

    private static void hang() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            throw new IOException(ended);
        }
    }

    @Test
    void onePatienceForAllOfAnAnswer() throws Exception {
        assertFault(exchange -> hang(), PATIENCE, "did not answer");
        assertFault(
                exchange -> {
                    begin(exchange, "application/json", 100);
                    hang();
                },
                PATIENCE,
                "took too long");
        assertFault(
                exchange -> {
                    begin(exchange, "text/event-stream", 0);
                    exchange.getResponseBody().write(": still there\n\n".getBytes(StandardCharsets.US_ASCII));
                    exchange.getResponseBody().flush();
                    hang();
                },
                PATIENCE,
                "took too long");
    }

    @Test
    void anAnswerThatIsTooLongIsNotTaken() throws Exception {
        assertFault(
                exchange -> {
                    try (exchange) {
                        begin(exchange, "application/json", TOO_LONG);
                        exchange.getResponseBody().write(new byte[TOO_LONG]);
                    }
                },
                PATIENCE.multipliedBy(50),
                "longer than");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is sleep")
    void aProgramThatReadsNothingHoldsUpNobody() throws Exception {
        var environment = Map.of("PATH", System.getenv("PATH"));
        try (var link = StdioLink.start(List.of("sleep", "60"), environment, Map.of(), new Unasked(() -> {}))) {
            // More than a pipe takes.
            var wide = call(1, "x".repeat(200_000));
            for (var message : List.of(wide, call(2, "y"))) {
                assertThatExceptionOfType(UpstreamFault.class)
                        .isThrownBy(() -> link.ask(message, Map.of(), PATIENCE))
                        .satisfies(fault -> assertThat(fault.what()).contains("did not answer"));
            }
        }
    }

    /** It lists its tools once, and then takes its time to fail. */
    private static final class TiredLink implements Link {
        final CountDownLatch released = new CountDownLatch(1);
        final AtomicInteger lists = new AtomicInteger();

        @Override
        public Reply ask(RpcMessage.Call call, Map<String, String> headers, Duration patience) throws UpstreamFault {
            var result = JsonObject.builder();
            if (call.method().equals(Protocol.DISCOVER)) {
                result.put("supportedVersions", new JsonArray(List.of(new JsonString(Protocol.MODERN))));
            } else if (lists.incrementAndGet() > 1) {
                try {
                    released.await();
                } catch (InterruptedException ended) {
                    throw new UpstreamFault("interrupted");
                }
                throw new UpstreamFault("tired");
            }
            return new Reply(200, Optional.of(new RpcMessage.Result(call.id(), result.build())), Optional.empty());
        }

        @Override
        public void tell(RpcMessage.Notice notice, Map<String, String> headers) {
            throw new AssertionError(notice);
        }

        @Override
        public void close() {}
    }

    @Test
    void thoseWhoWaitForOneLookAtTheToolsDoNotEachWaitForAnother() throws Exception {
        var link = new TiredLink();
        var stale = new AtomicBoolean();
        var watch = ToolWatch.begin(
                ServerBehind.connect(link, "test", PATIENCE), Map.of(), stale, Clock.systemUTC(), line -> {});
        stale.set(true);
        var failed = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            var thread = new Thread(() -> {
                try {
                    watch.tools();
                } catch (UpstreamFault fault) {
                    failed.incrementAndGet();
                }
            });
            threads.add(thread);
            thread.start();
        }
        while (threads.stream()
                        .filter(it -> it.getState() == Thread.State.BLOCKED)
                        .count()
                < 3) {
            Thread.sleep(5);
        }
        link.released.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(failed).hasValue(4);
        assertThat(link.lists).hasValue(2);
    }

    /** It answers the first question only when it hears the second, which it does not understand. */
    private static final class SlowStarter implements Link {
        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch discovered = new CountDownLatch(1);
        final List<Map<String, String>> later = new ArrayList<>();

        @Override
        public Reply ask(RpcMessage.Call call, Map<String, String> headers, Duration patience) throws UpstreamFault {
            try {
                return new Reply(200, Optional.of(answer(call, headers)), Optional.empty());
            } catch (InterruptedException ended) {
                throw new UpstreamFault("interrupted");
            }
        }

        private RpcMessage answer(RpcMessage.Call call, Map<String, String> headers) throws InterruptedException {
            if (call.method().equals(Protocol.DISCOVER)) {
                started.await();
                discovered.countDown();
                var versions = new JsonArray(List.of(new JsonString(Protocol.MODERN)));
                var result = JsonObject.builder().put("supportedVersions", versions);
                return new RpcMessage.Result(call.id(), result.build());
            }
            if (call.method().equals(Protocol.INITIALIZE)) {
                started.countDown();
                discovered.await();
                var error = RpcError.of(RpcError.UNKNOWN_METHOD, "no such method");
                return new RpcMessage.Failure(Optional.of(call.id()), error);
            }
            later.add(headers);
            return new RpcMessage.Result(call.id(), JsonObject.EMPTY);
        }

        @Override
        public void tell(RpcMessage.Notice notice, Map<String, String> headers) {
            throw new AssertionError(notice);
        }

        @Override
        public void close() {}
    }

    @Test
    void aServerOfTheNewerEraMayBeSlowToStart() throws Exception {
        var link = new SlowStarter();
        var server = ServerBehind.connect(link, "test", Duration.ofMillis(50), Duration.ofSeconds(10));
        assertThat(server.tools()).isEmpty();
        assertThat(link.later).singleElement().asString().contains(Protocol.MODERN);
    }
}
