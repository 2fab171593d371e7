// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that a test will stop, or that another process will open.
 *
 * <p>No system gives it to a server that asks for any free port: Linux chooses from 32768 on, macOS and Windows from
 * 49152 on (IANA's dynamic ports). So a closed one answers to nobody, and does not become another test's server.
 */
public final class OwnPort {
    private static final int FIRST = 12_000;
    private static final int END = 32_768;
    private static final int ATTEMPTS = 1000;

    private OwnPort() {}

    /** How a server takes a port. */
    @FunctionalInterface
    public interface Binding<T> {
        /** @throws BindException when the port is taken */
        T at(int port) throws IOException;
    }

    /** Free on loopback at this moment; for a server of this process {@link #bind} is the surer way. */
    public static int find() throws IOException {
        return bind(port -> {
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        });
    }

    /**
     * A server on the first such port that it gets. To try a port, close it and then open it would fail now and then: a
     * process that is started in between inherits the tried socket, and keeps it open until its own program begins.
     */
    public static <T> T bind(Binding<T> server) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return server.at(ThreadLocalRandom.current().nextInt(FIRST, END));
            } catch (BindException taken) {
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }
}
