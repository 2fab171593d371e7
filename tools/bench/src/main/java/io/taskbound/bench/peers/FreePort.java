// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For servers that cannot choose one themselves. */
final class FreePort {
    private FreePort() {}

    /** One that is free at this moment. */
    static int find() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
