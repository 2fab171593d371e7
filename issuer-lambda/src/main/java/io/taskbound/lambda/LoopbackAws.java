// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * A {@link StubAws} behind a socket on loopback, so that a {@link Rehearsal} goes through the HTTP client that the
 * function has, as far as the kernel. Knows as much of HTTP/1.1 as that client needs. One thread for each connection;
 * closing it ends them all.
 */
final class LoopbackAws implements AutoCloseable {
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_BODY = 1024 * 1024;
    private static final long ENDING_MILLIS = 1_000;

    private final String scheme;
    private final ServerSocket socket;
    private final StubAws aws;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /**
     * @param scheme what a client has to say, {@code http} or {@code https}
     * @param socket bound to loopback; closed with this
     */
    LoopbackAws(String scheme, ServerSocket socket, StubAws aws) {
        this.scheme = scheme;
        this.socket = socket;
        this.aws = aws;
        begin(this::accept);
    }

    URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort());
    }

    private void begin(Runnable work) {
        var thread = new Thread(work, "rehearsal-" + socket.getLocalPort());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                connections.add(connection);
                begin(() -> serve(connection));
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private void serve(Socket connection) {
        boolean says = connections.size() % 2 == 0;
        try (connection) {
            connection.setTcpNoDelay(true);
            var input = new BufferedInputStream(connection.getInputStream());
            while (answered(input, connection, says)) {
                // the next request of this connection
            }
        } catch (IOException gone) {
            // the client notices
        }
    }

    /** False when the client has closed the connection. */
    private boolean answered(InputStream input, Socket connection, boolean saysThatItStays) throws IOException {
        if (line(input).isEmpty()) {
            return false;
        }
        int length = 0;
        var target = "";
        for (var header = line(input); !header.isEmpty(); header = line(input)) {
            int colon = header.indexOf(':');
            var name = header.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
            if (name.equals("content-length")) {
                length = Integer.parseInt(header.substring(colon + 1).strip());
            } else if (name.equals("x-amz-target")) {
                target = header.substring(colon + 1).strip();
            }
        }
        if (length > MAX_BODY) {
            throw new IOException("too large");
        }
        var answer = aws.answer(target, input.readNBytes(length));
        connection.getOutputStream().write(written(answer, saysThatItStays));
        return true;
    }

    private static String line(InputStream input) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            if (next != '\r') {
                line.write(next);
            }
            if (line.size() > MAX_LINE) {
                throw new IOException("too long a line");
            }
        }
        return line.toString(ISO_8859_1);
    }

    /** With the checksum that DynamoDB sends, since the client compares it. */
    private static byte[] written(StubAws.Answer answer, boolean saysThatItStays) {
        var body = answer.body();
        var checksum = new CRC32();
        checksum.update(body);
        var head = "HTTP/1.1 " + answer.status() + " OK\r\nServer: Server\r\n"
                + (saysThatItStays ? "Connection: keep-alive\r\n" : "")
                + "Content-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: REHEARSAL\r\n"
                + "x-amz-crc32: " + checksum.getValue() + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(ISO_8859_1));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    /** Closes the socket and all connections, and waits for their threads. */
    @Override
    public void close() throws IOException {
        socket.close();
        for (var connection : connections) {
            connection.close();
        }
        try {
            for (var thread : threads) {
                thread.join(ENDING_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
