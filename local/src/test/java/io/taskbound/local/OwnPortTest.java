// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class OwnPortTest {
    @Test
    void aServerGetsTheFirstPortThatIsFree() throws IOException {
        var tried = new ArrayList<Integer>();
        try (var server = OwnPort.bind(port -> {
            tried.add(port);
            if (tried.size() < 4) {
                throw new BindException("Address already in use");
            }
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        })) {
            assertThat(tried).contains(server.getLocalPort()).allMatch(port -> port >= 12_000 && port < 32_768);
        }
    }

    @Test
    void whereEveryPortIsTakenItEndsWithTheSystemsWord() {
        assertThatThrownBy(() -> OwnPort.bind(port -> {
                    throw new BindException("Address already in use");
                }))
                .isInstanceOf(BindException.class)
                .hasMessage("Address already in use");
    }
}
