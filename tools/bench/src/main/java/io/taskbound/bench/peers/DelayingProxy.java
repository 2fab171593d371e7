// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Passes on the bytes of each connection, and holds back the beginning of each answer for a while: a service that is so
 * far away. For protocols in which a connection has one request at a time, as HTTP/1.1 is used here.
 */
final class DelayingProxy implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int target;
    private final Duration distance;

    /** @param target on loopback, with a port */
    DelayingProxy(URI target, Duration distance) throws IOException {
        this.target = target.getPort();
        this.distance = distance;
        threads.execute(this::accept);
    }

    String endpoint() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var caller = kept(listening.accept());
                var server = kept(new Socket(InetAddress.getLoopbackAddress(), target));
                var asked = new AtomicBoolean();
                threads.execute(() -> pass(caller, server, () -> asked.set(true)));
                threads.execute(() -> pass(server, caller, () -> holdBack(asked)));
            } catch (IOException closed) {
                // the caller sees it
            }
        }
    }

    private Socket kept(Socket socket) throws IOException {
        open.add(socket);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private void holdBack(AtomicBoolean asked) {
        if (asked.getAndSet(false)) {
            try {
                Thread.sleep(distance.toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void pass(Socket from, Socket to, Runnable before) {
        try (from;
                to) {
            pass(from.getInputStream(), to.getOutputStream(), before);
        } catch (IOException closed) {
            // the other side sees it
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void pass(InputStream in, OutputStream out, Runnable before) throws IOException {
        var chunk = new byte[CHUNK];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            before.run();
            out.write(chunk, 0, length);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
