// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.taskbound.cli.overhttp.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One TCP connection to the server under test, without the manners of an HTTP client. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int SEND_BUFFER = 64 * 1024;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    static RawConnection to(int port) throws IOException {
        var socket = new Socket();
        // So that what was sent but not read stays small and a server that stopped reading is noticed.
        socket.setSendBufferSize(SEND_BUFFER);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return new RawConnection(socket);
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** All that comes until the server closes; empty when it closes without a word. */
    Optional<Answer> answer() throws IOException {
        var octets = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(octets);
        } catch (SocketTimeoutException stillOpen) {
            throw new AssertionError("neither answered nor closed within " + PATIENCE_MILLIS + " ms", stillOpen);
        } catch (IOException reset) {
            // The server may cut off who goes on sending; what came before it did counts.
        }
        return octets.size() == 0 ? Optional.empty() : Optional.of(parse(octets.toByteArray()));
    }

    private static Answer parse(byte[] octets) {
        int end = endOfHead(octets);
        var lines = new String(octets, 0, end, ISO_8859_1).split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>();
        Arrays.stream(lines).skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), any -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        });
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        return Answer.of(status, headers, Arrays.copyOfRange(octets, end + END_OF_HEAD.length, octets.length));
    }

    private static int endOfHead(byte[] octets) {
        for (int at = 0; at + END_OF_HEAD.length <= octets.length; at++) {
            if (Arrays.equals(octets, at, at + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return at;
            }
        }
        throw new AssertionError("no end of the header: " + new String(octets, ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
