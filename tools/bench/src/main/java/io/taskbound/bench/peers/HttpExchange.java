// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/**
 * A kept connection of HTTP/1.1 on loopback. Does as little as it can, since it shares the processors with the server.
 */
final class HttpExchange implements Exchange {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final String GRANTED = "HTTP/1.1 200 ";
    private final Socket socket;
    private final InputStream in;

    HttpExchange(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Of a POST, with its body. */
    static byte[] request(String path, String type, byte[] body) {
        var head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        var request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    @Override
    public long ask(byte[] request) throws IOException {
        long began = System.nanoTime();
        socket.getOutputStream().write(request);
        var status = line();
        var body = body();
        long took = System.nanoTime() - began;
        if (!status.startsWith(GRANTED)) {
            throw new IOException("not granted: " + status + " " + new String(body, ISO_8859_1));
        }
        return took;
    }

    private byte[] body() throws IOException {
        int length = 0;
        boolean chunked = false;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        return chunked ? chunks() : exactly(length);
    }

    /** Of the chunked coding; without trailers, which none of these servers sends. */
    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int length = chunk(); length > 0; length = chunk()) {
            body.writeBytes(exactly(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunk() throws IOException {
        var line = line();
        int extension = line.indexOf(';');
        return Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("an answer of " + length + " bytes");
        }
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection was closed within an answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0 || line.length() > MOST_BYTES) {
                throw new EOFException("the connection was closed before an answer");
            }
            if (each != '\r') {
                line.append((char) each);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // as wanted
        }
    }
}
