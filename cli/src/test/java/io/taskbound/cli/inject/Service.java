// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A service over a raw socket, which answers each connection as a test says and keeps what it was sent. */
final class Service implements AutoCloseable {
    private final ServerSocket socket;
    private final Conversation conversation;
    private final List<String> heads = Collections.synchronizedList(new ArrayList<>());

    private Service(ServerSocket socket, Conversation conversation) {
        this.socket = socket;
        this.conversation = conversation;
    }

    /** What follows the head of a request. */
    @FunctionalInterface
    interface Conversation {
        void hold(String head, InputStream in, OutputStream out) throws IOException;
    }

    static Service start(Conversation conversation) throws IOException {
        var service = new Service(new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1")), conversation);
        service.daemon(service::accept);
        return service;
    }

    /** Answers every request with this, and closes. */
    static Service answering(String answer) throws IOException {
        return start((head, in, out) -> {
            in.readNBytes(length(head));
            out.write(answer.getBytes(ISO_8859_1));
        });
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .findFirst()
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .orElse(0);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Of all requests so far. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var one = socket.accept();
                daemon(() -> serve(one));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket one) {
        try (one) {
            var in = one.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                if (octet < 0) {
                    return;
                }
                head.append((char) octet);
            }
            heads.add(head.toString());
            conversation.hold(head.toString(), in, one.getOutputStream());
            one.getOutputStream().flush();
        } catch (IOException gone) {
            return;
        }
    }

    private void daemon(Runnable work) {
        var thread = new Thread(work, "service");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
