// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/spring.md has the files of the example word for word. */
class PageTest {
    private static final Path DOCS =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"), "docs");

    private static final Pattern VERSION = Pattern.compile("<taskbound.version>(.*)</taskbound.version>");

    /** That of the example, which a release compares with its own. */
    @Test
    void namesTheVersionThatTheExampleHas() throws Exception {
        var version = VERSION.matcher(Files.readString(DOCS.resolve("examples/spring/pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Files.readString(DOCS.resolve("spring.md"))).contains("<version>" + version.group(1) + "</version>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java/com/example/signer/SignerApplication.java", "resources/application.properties"})
    void hasTheFileWordForWord(String file) throws Exception {
        assertThat(Files.readString(DOCS.resolve("spring.md")))
                .contains("\n"
                        + Files.readString(
                                DOCS.resolve("examples/spring/src/main").resolve(file)) + "```");
    }
}
