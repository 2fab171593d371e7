// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpExchangeTest {
    private static final byte[] REQUEST = HttpExchange.request("/", "text/plain", new byte[] {'x'});
    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** Asks twice over one connection to a server that answers so. */
    private static void askTwice(String first, String second) throws IOException {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = CompletableFuture.runAsync(() -> answer(listening, first, second));
            try (var exchange = new HttpExchange(listening.getLocalPort())) {
                assertThat(exchange.ask(REQUEST)).isPositive();
                exchange.ask(REQUEST);
            }
            server.join();
        }
    }

    private static void answer(ServerSocket listening, String... answers) {
        try (var socket = listening.accept()) {
            for (var answer : answers) {
                socket.getInputStream().readNBytes(REQUEST.length);
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void readsEachAnswerToItsEnd() throws IOException {
        askTwice("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello", EMPTY);
        askTwice(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\na;x=y\r\n0123456789\r\n0\r\n\r\n",
                EMPTY);
    }

    @Test
    void aRefusalIsNoMint() {
        assertThatIOException()
                .isThrownBy(() -> askTwice(EMPTY, "HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\nnope"))
                .withMessage("not granted: HTTP/1.1 400 Bad Request nope");
    }

    @Test
    void anAnswerThatEndsTooSoonIsNone() {
        assertThatIOException()
                .isThrownBy(() -> askTwice(EMPTY, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"))
                .withMessage("the connection was closed within an answer");
    }
}
