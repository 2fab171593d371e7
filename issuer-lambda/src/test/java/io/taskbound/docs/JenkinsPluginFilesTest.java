// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the Jenkins plugin without Jenkins: its pages are well-formed and escape, and every field has help. */
class JenkinsPluginFilesTest {
    private static final Path RESOURCES = Tree.ROOT.resolve("jenkins-plugin/src/main/resources");
    private static final Pattern FIELD = Pattern.compile("<f:entry field=\"(\\w+)\"");

    static List<Path> pages() throws IOException {
        try (var files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(".jelly")).toList();
        }
    }

    static List<Path> helps() throws IOException {
        try (var files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    @Test
    void thereArePages() throws IOException {
        assertThat(pages()).hasSizeGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageIsWellFormed(Path page) {
        assertThatCode(() -> parser().parse(page.toFile())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageEscapesWhatItShows(Path page) {
        assertThat(Tree.text(page)).startsWith("<?jelly escape-by-default='true'?>");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFieldHasHelp(Path page) {
        assertThat(FIELD.matcher(Tree.text(page)).results().map(field -> field.group(1)))
                .allSatisfy(field -> assertThat(page.resolveSibling("help-" + field + ".html"))
                        .isRegularFile());
    }

    @ParameterizedTest
    @MethodSource("helps")
    void aHelpTextIsWellFormed(Path help) {
        assertThatCode(() -> parser().parse(help.toFile())).doesNotThrowAnyException();
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder();
    }
}
