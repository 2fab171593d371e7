// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on loopback that reads what is asked of it, answers with these very bytes and hangs up. */
public final class ConnectProxy implements AutoCloseable {
    private final ServerSocket socket;
    private final String answer;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public ConnectProxy(String answer) {
        this.answer = answer;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var thread = new Thread(this::serve, "connect-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** The first line of each request. */
    public List<String> asked() {
        return asked;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket near = socket.accept()) {
                var in = new BufferedReader(new InputStreamReader(near.getInputStream(), StandardCharsets.US_ASCII));
                asked.add(String.valueOf(in.readLine()));
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                near.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                near.getOutputStream().flush();
            } catch (IOException closed) {
                continue;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
