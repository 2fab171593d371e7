// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.TaskboundProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's lines to try it, one after the other, but for the port and the folder that they are typed in. */
class ReadmeServeIT {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final Pattern LINE = Pattern.compile("(?m)^\\./taskbound ((?:serve|policy).*?) *(?:#.*)?$");

    static Stream<String> lines() throws IOException {
        var lines = LINE.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
        return lines.stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void theLineWorks(String line) throws Exception {
        var words = new ArrayList<>(List.of(line.replace("infra/", ROOT.resolve("infra") + "/")
                .replaceAll(" --port \\d+", "")
                .split(" ")));
        if (!words.get(0).equals("serve")) {
            var ran = Ran.of(words.toArray(String[]::new));
            assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
            return;
        }
        words.addAll(List.of("--port", "0"));
        try (var issuer = TaskboundProcess.start(words.toArray(String[]::new))) {
            var health = HttpRequest.newBuilder(URI.create(issuer.awaitUrl() + "/healthz"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(health, BodyHandlers.ofString())
                            .statusCode())
                    .as(String.join("\n", issuer.lines()))
                    .isEqualTo(200);
        }
    }
}
