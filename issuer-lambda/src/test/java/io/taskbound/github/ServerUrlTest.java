// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.github.com, https://github.com",
        "https://api.acme.ghe.com, https://acme.ghe.com",
        "https://ghe.acme.example/api/v3, https://ghe.acme.example",
        "https://ghe.acme.example:8443/api/v3, https://ghe.acme.example:8443",
        "https://api.acme.example/api/v3, https://api.acme.example",
        "http://127.0.0.1:8099, http://127.0.0.1:8099"
    })
    void isWhereGitAndPeopleGo(URI api, String server) {
        assertThat(ServerUrl.of(api)).isEqualTo(server);
    }
}
