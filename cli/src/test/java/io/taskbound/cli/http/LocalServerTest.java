// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.local.OwnPort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalServerTest {
    private static final LocalAnswer FINE = LocalAnswer.text(200, "ok");
    private static final byte[] GET =
            "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<LocalRequest> seen = new AtomicReference<>();
    private LocalServer server;

    @BeforeEach
    void start() throws IOException {
        server = OwnPort.bind(LocalServer::bind);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void handsOverMethodPathHeadersAndBody() throws Exception {
        answering(FINE);
        var answer = post("/token?a=b", "x=1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(seen.get().method()).isEqualTo("POST");
        assertThat(seen.get().path()).isEqualTo("/token");
        assertThat(seen.get().header("content-length")).containsExactly("3");
        assertThat(new String(seen.get().body(), StandardCharsets.UTF_8)).isEqualTo("x=1");
    }

    @Test
    void readsOneOctetMoreThanIsAcceptedAndNoFurther() throws Exception {
        answering(FINE);
        assertThat(post("/token", "x".repeat(LocalServer.MAX_BODY + 100_000)).statusCode())
                .isEqualTo(200);
        assertThat(seen.get().body()).hasSize(LocalServer.MAX_BODY + 1);
    }

    @Test
    void letsTheCallerOfAMuchTooLongBodyHearTheAnswer() throws Exception {
        answering(LocalAnswer.text(413, "too long"));
        var body = new byte[8 * 1024 * 1024];
        try (var socket = new Socket("127.0.0.1", URI.create(server.url()).getPort())) {
            var head = "POST /token HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + body.length
                    + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 413 ").endsWith("too long");
        }
        assertThat(seen.get().body()).hasSize(LocalServer.MAX_BODY + 1);
    }

    /** Every request in a burst gets an answer, even if only that there are too many. */
    @Test
    void turnsAwayWhoWouldWaitTooLongAndDropsNobody() throws Exception {
        int tooMany = 50;
        var mayEnd = new CountDownLatch(1);
        var turnedAway = new CountDownLatch(tooMany);
        server.serve(
                request -> {
                    await(mayEnd);
                    return FINE;
                },
                request -> {
                    turnedAway.countDown();
                    return LocalAnswer.text(429, "busy");
                });
        var callers = new ArrayList<Socket>();
        try {
            for (int i = 0; i < LocalServer.WORKERS + LocalServer.MAX_WAITING + tooMany; i++) {
                callers.add(new Socket("127.0.0.1", URI.create(server.url()).getPort()));
                callers.get(i).getOutputStream().write(GET);
            }
            // Only when all have arrived may the first of them end: a full queue says nothing of who is still to come.
            await(turnedAway);
            mayEnd.countDown();
            var statuses = new TreeMap<String, Integer>();
            for (var caller : callers) {
                var answer = new String(caller.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                statuses.merge(answer.substring(0, "HTTP/1.1 200".length()), 1, Integer::sum);
            }
            assertThat(statuses)
                    .isEqualTo(Map.of(
                            "HTTP/1.1 200", LocalServer.WORKERS + LocalServer.MAX_WAITING, "HTTP/1.1 429", tooMany));
        } finally {
            for (var caller : callers) {
                caller.close();
            }
        }
    }

    /** Each way to hold a connection open without a request that is whole. */
    private enum HalfOpen {
        NOTHING_SENT(""),
        HALF_A_LINE("POST /tok"),
        HALF_THE_HEADERS("POST /token HTTP/1.1\r\nHost: x\r\nContent-Le"),
        NO_BODY("POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"),
        HALF_THE_BODY("POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"),
        HALF_A_CHUNK("POST /token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nabc");

        private final byte[] sent;

        HalfOpen(String sent) {
            this.sent = sent.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private List<Socket> halfOpen(HalfOpen kind, int count) throws IOException {
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < count; i++) {
            var socket = new Socket("127.0.0.1", URI.create(server.url()).getPort());
            socket.getOutputStream().write(kind.sent);
            sockets.add(socket);
        }
        return sockets;
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfSentRequestsHoldUpNobodyElse(HalfOpen kind) throws Exception {
        answering(FINE);
        for (int count : new int[] {40, 160}) {
            var stalled = halfOpen(kind, count);
            try {
                for (int i = 0; i < 10; i++) {
                    // Less than the time after which they would be cut off.
                    var answer = client.sendAsync(request("/token", "x"), BodyHandlers.ofString())
                            .get(8, TimeUnit.SECONDS);
                    assertThat(answer.statusCode()).isEqualTo(200);
                }
            } finally {
                closeAll(stalled);
            }
        }
    }

    @Test
    void halfSentRequestsDoNotHoldUpItsEnd() throws Exception {
        answering(FINE);
        var stalled = halfOpen(HalfOpen.HALF_THE_BODY, 40);
        try {
            assertThat(post("/token", "x").statusCode()).isEqualTo(200);
            long began = System.nanoTime();
            server.close();
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(9));
        } finally {
            closeAll(stalled);
        }
    }

    @Test
    void answersOnLoopbackOnly() throws Exception {
        answering(FINE);
        int port = URI.create(server.url()).getPort();
        var outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        for (InetAddress address : outside) {
            assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesAPortThatIsTaken() {
        int port = URI.create(server.url()).getPort();
        assertThatThrownBy(() -> LocalServer.bind(port)).isInstanceOf(BindException.class);
    }

    @Test
    void finishesWhatHasArrivedBeforeItStops() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        server.serve(request -> {
            begun.countDown();
            await(mayEnd);
            return FINE;
        });
        var answer = client.sendAsync(request("/token", "x"), BodyHandlers.ofString());
        await(begun);
        var stopping = CompletableFuture.runAsync(server::close);
        Thread.sleep(100);
        assertThat(stopping).isNotDone();
        mayEnd.countDown();
        assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("ok");
        stopping.get(60, TimeUnit.SECONDS);
        assertThatThrownBy(() -> post("/token", "x")).isInstanceOf(IOException.class);
    }

    @Test
    void stopsAtOnceWhenNothingIsUnderWay() {
        answering(FINE);
        long began = System.nanoTime();
        server.close();
        // It would wait ten for a request that is under way.
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }

    private void answering(LocalAnswer response) {
        server.serve(request -> {
            seen.set(request);
            return response;
        });
    }

    private java.net.http.HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(request(path, body), BodyHandlers.ofString());
    }

    private java.net.http.HttpRequest request(String path, String body) {
        return java.net.http.HttpRequest.newBuilder(URI.create(server.url() + path))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
