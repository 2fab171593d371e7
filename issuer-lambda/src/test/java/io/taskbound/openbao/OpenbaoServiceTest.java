// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import io.taskbound.local.openbao.StandInOpenbao;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OpenbaoServiceTest extends OpenbaoServiceContract {
    private static StandInOpenbao bao;

    @BeforeAll
    static void start() throws IOException {
        bao = StandInOpenbao.start(Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        bao.close();
    }

    @Override
    URI address() {
        return bao.address();
    }

    @Override
    String rootToken() {
        return bao.rootToken();
    }
}
