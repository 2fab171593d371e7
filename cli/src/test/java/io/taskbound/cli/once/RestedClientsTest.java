// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.once;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestedClientsTest {
    /** Fewer than are kept, so that each has all its rest. */
    private static final int REQUESTS = 12;
    /** Between a server's answer and its close; a single client loses every second request in it. */
    private static final Duration BEFORE_CLOSE = Duration.ofMillis(20);

    private final AtomicLong nanos = new AtomicLong();
    private final RestedClients clients =
            new RestedClients(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1), nanos::get);

    @Test
    void losesNoRequestToAServerThatClosesAfterEachAnswer() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            daemon(() -> answerAll(server));
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
                    .POST(BodyPublishers.ofString("once"))
                    .build();
            for (int i = 0; i < REQUESTS; i++) {
                try (var lease = clients.take()) {
                    assertThat(lease.client()
                                    .send(request, BodyHandlers.ofString())
                                    .body())
                            .as("request %d", i)
                            .isEqualTo("ok");
                }
            }
        }
    }

    /** As Python's http.server does it, without a {@code Connection} field. */
    private static void answerAll(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                var connection = server.accept();
                daemon(() -> answer(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket connection) {
        try (connection) {
            readRequest(connection.getInputStream());
            connection
                    .getOutputStream()
                    .write("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(BEFORE_CLOSE.toMillis());
        } catch (IOException | InterruptedException gone) {
            return;
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "http-1.0");
        thread.setDaemon(true);
        thread.start();
    }

    private static void readRequest(InputStream in) throws IOException {
        var read = new StringBuilder();
        while (!read.toString().endsWith("once")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended");
            }
            read.append((char) next);
        }
    }

    @Test
    void usesARestedClientAgain() {
        HttpClient first;
        try (var lease = clients.take()) {
            first = lease.client();
        }
        try (var lease = clients.take()) {
            assertThat(lease.client()).isNotSameAs(first);
        }
        nanos.addAndGet(Duration.ofMillis(250).toNanos());
        try (var lease = clients.take()) {
            assertThat(lease.client()).isSameAs(first);
        }
    }

    @Test
    void hasSixteenHoweverManyAreNeededAtOnce() {
        var leases = new ArrayList<RestedClients.Lease>();
        for (int i = 0; i < 40; i++) {
            leases.add(clients.take());
        }
        assertThat(leases.stream().map(RestedClients.Lease::client).distinct()).hasSize(16);
    }

    @Test
    void closedTwiceALeaseEndsOnce() {
        var first = clients.take();
        var leases = new ArrayList<RestedClients.Lease>();
        for (int i = 1; i < 16; i++) {
            leases.add(clients.take());
        }
        assertThat(clients.take().client()).isSameAs(first.client());
        first.close();
        first.close();
        // It has a use left, as each of the others has.
        leases.get(4).close();
        assertThat(clients.take().client()).isSameAs(leases.get(4).client());
    }
}
