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

    private OwnPort() {}

    /** Free on loopback at this moment. */
    public static int find() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (BindException taken) {
            return false;
        }
    }
}
