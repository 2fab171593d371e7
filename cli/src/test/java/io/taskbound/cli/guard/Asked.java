// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server answers to the very octets that were sent; each request has a connection of its own.
 *
 * @param status 0 where the connection was closed without an answer
 */
record Asked(int status, List<String> head, String body) {
    private static final int PATIENCE_MILLIS = 30_000;

    /** @param request lines of the head, without the empty one at its end */
    static Asked of(String url, List<String> request) throws IOException {
        return of(url, String.join("\r\n", request) + "\r\n\r\n");
    }

    static Asked of(String url, String octets) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (java.net.SocketTimeoutException open) {
                throw new AssertionError("neither answered nor closed", open);
            } catch (IOException reset) {
                // Who is cut off while he sends has what came before.
            }
            return read(answer.toString(StandardCharsets.ISO_8859_1));
        } catch (java.net.SocketException cutOff) {
            return new Asked(0, List.of(), "");
        }
    }

    private static Asked read(String answer) {
        if (!answer.startsWith("HTTP/")) {
            return new Asked(0, List.of(), answer);
        }
        var parts = answer.split("\r\n\r\n", 2);
        var head = Arrays.asList(parts[0].split("\r\n"));
        return new Asked(Integer.parseInt(head.get(0).split(" ")[1]), head, parts.length > 1 ? parts[1] : "");
    }

    Optional<String> header(String name) {
        var start = name.toLowerCase(Locale.ROOT) + ":";
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }
}
