// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.direct;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each request with the same octets; one that does not say where it ends is ended by closing. */
final class RawIssuer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final byte[] answer;
    private final boolean keeps;
    private volatile Duration pause = Duration.ZERO;
    private volatile boolean reads = true;

    RawIssuer(String answer) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.US_ASCII);
        this.keeps = answer.contains("Content-Length: ") || answer.contains("chunked");
        start(() -> {
            while (true) {
                var socket = server.accept();
                connections.incrementAndGet();
                start(() -> serve(socket));
            }
        });
    }

    /** @param pause after each byte of the answer */
    RawIssuer slowly(Duration pause) {
        this.pause = pause;
        return this;
    }

    /** Answers before it was asked. */
    RawIssuer atOnce() {
        reads = false;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    List<String> requests() {
        return requests;
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            do {
                if (reads) {
                    var request = request(in);
                    if (request.isEmpty()) {
                        return;
                    }
                    requests.add(request.get());
                }
                write(socket);
            } while (keeps);
        }
    }

    private void write(Socket socket) throws IOException, InterruptedException {
        if (pause.isZero()) {
            socket.getOutputStream().write(answer);
            return;
        }
        for (byte octet : answer) {
            socket.getOutputStream().write(octet);
            Thread.sleep(pause.toMillis());
        }
    }

    private static Optional<String> request(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return Optional.empty();
            }
            text.append((char) octet);
        }
        int length = Integer.parseInt(text.toString().replaceAll("(?s).*\r\nContent-Length: (\\d+)\r\n.*", "$1"));
        return Optional.of(text + new String(in.readNBytes(length), StandardCharsets.US_ASCII));
    }

    private static void start(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException over) {
                // The test has ended, or the other side has.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
