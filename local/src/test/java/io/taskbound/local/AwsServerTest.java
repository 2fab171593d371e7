// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsServerTest {
    @TempDir
    private Path root;

    @Test
    void saysWhyItCannotBeHad() throws Exception {
        var scripts = Files.createDirectories(root.resolve("local/aws-server"));
        Files.writeString(scripts.resolve("install"), "echo no python3 here; exit 3");

        assertThatThrownBy(() -> AwsServer.start(root))
                .isInstanceOf(AwsServer.Unavailable.class)
                .hasMessage("no python3 here");
    }

    @Test
    void isUnavailableWithoutItsScripts() {
        assertThatThrownBy(() -> AwsServer.start(root)).isInstanceOf(AwsServer.Unavailable.class);
        assertThat(root.resolve("target/aws-server/venv")).doesNotExist();
    }
}
