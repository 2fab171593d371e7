// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract with a real OpenBao or Vault in development mode, where there is one on the path. */
class OpenbaoOnThisMachineIT extends OpenbaoServiceContract {
    @TempDir
    private static Path home;

    private static Optional<RealBao> server = Optional.empty();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = Optional.of(RealBao.start(home, "bao", "vault"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Override
    URI address() {
        return server.orElseThrow().address;
    }

    @Override
    String rootToken() {
        return RealBao.ROOT_TOKEN;
    }
}
