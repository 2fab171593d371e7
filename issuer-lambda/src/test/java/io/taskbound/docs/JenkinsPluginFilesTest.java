// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/**
 * What can be said of the Jenkins plugin without Jenkins: its pages are well-formed and escape, and every field has
 * help.
 */
class JenkinsPluginFilesTest {
    private static final Path RESOURCES = Tree.ROOT.resolve("jenkins-plugin/src/main/resources");
    private static final Path SOURCES = Tree.ROOT.resolve("jenkins-plugin/src/main/java");
    private static final Path DEMO = Tree.ROOT.resolve("jenkins-plugin/demo");
    private static final Pattern SETTER = Pattern.compile("@DataBoundSetter\\s+public void set(\\w)(\\w*)\\(");
    private static final Pattern CONSTRUCTOR = Pattern.compile("@DataBoundConstructor\\s+public \\w+\\(([^)]*)\\)");

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
    void everyEntryOfAFormHasHelp(Path page) throws Exception {
        assertThat(entries(page))
                .allSatisfy(entry -> assertThat(page.resolveSibling("help-" + helped(entry) + ".html"))
                        .isRegularFile());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyHelpTextBelongsToAnEntryOrToThePage(Path page) throws Exception {
        var named = entries(page).stream()
                .map(entry -> "help-" + helped(entry) + ".html")
                .toList();

        try (var files = Files.list(page.getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("help-")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    static List<Path> described() {
        return Tree.files(".java").stream()
                .filter(file -> file.startsWith(SOURCES) && !parameters(file).isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("described")
    void whatAPipelineCanSetAFormCanSet(Path source) throws Exception {
        var form =
                RESOURCES.resolve(SOURCES.relativize(source).toString().replaceFirst("\\.java$", "") + "/config.jelly");

        assertThat(entries(form).stream().map(entry -> entry.getAttribute("field")))
                .containsAll(parameters(source));
    }

    @Test
    void aStepAJobTheirTargetsTheConfigurationAndItsIssuersAreDescribed() {
        assertThat(described()).hasSize(5);
    }

    @Test
    void theDemoAsksForWhatItsPolicyKnows() {
        var policy = demo("policy.yaml");
        var configuration = demo("jenkins.yaml");

        assertThat(demo("Jenkinsfile")).contains("task: 'sign-release'");
        assertThat(policy).contains("\n  sign-release:").contains("sub: \"http://127.0.0.1:8080/job/demo/\"");
        assertThat(demo("job.groovy")).contains("WorkflowJob, 'demo'");
        assertThat(configuration).contains("location: {url: \"http://127.0.0.1:8080/\"}");
        assertThat(policy).contains("issuer: http://127.0.0.1:8080/oidc ");
        assertThat(configuration).contains("issuer: \"http://127.0.0.1:8787\"");
        assertThat(policy).contains("audience: http://127.0.0.1:8787\n");
    }

    @Test
    void theDemoStartsWithOneCommandThatLeavesNothingBehind() {
        assertThat(DEMO.resolve("run")).isExecutable();
        assertThat(DEMO.resolve("signer")).isExecutable();
        assertThat(demo("run")).contains("trap leave EXIT").contains("rm -rf \"$work\"");
        assertThat(demo("policy.yaml")).contains("[\"" + "0".repeat(64) + "\"]");
    }

    @Test
    void theDemoListensOnThisMachineAloneAndAsksForAPassword() {
        assertThat(demo("run")).contains("--httpListenAddress=127.0.0.1");
        assertThat(demo("jenkins.yaml")).contains("allowAnonymousRead: false").contains("\"${DEMO_PASSWORD}\"");
    }

    private static String demo(String name) {
        return Tree.text(DEMO.resolve(name));
    }

    @ParameterizedTest
    @MethodSource("helps")
    void aHelpTextIsWellFormed(Path help) {
        assertThatCode(() -> parser().parse(help.toFile())).doesNotThrowAnyException();
    }

    private static List<Element> entries(Path page) throws Exception {
        var found = parser().parse(page.toFile()).getElementsByTagNameNS("/lib/form", "entry");
        return IntStream.range(0, found.getLength())
                .mapToObj(n -> (Element) found.item(n))
                .toList();
    }

    /** An entry without a field names its help text by an address. */
    private static String helped(Element entry) {
        var field = entry.getAttribute("field");
        return field.isEmpty() ? entry.getAttribute("help").replaceFirst(".*/help/", "") : field;
    }

    private static Set<String> parameters(Path source) {
        var text = Tree.text(source);
        var setters = SETTER.matcher(text)
                .results()
                .map(setter -> setter.group(1).toLowerCase(Locale.ROOT) + setter.group(2));
        var constructed = CONSTRUCTOR
                .matcher(text)
                .results()
                .flatMap(made -> Stream.of(made.group(1).split(",")))
                .map(parameter -> parameter.strip().replaceFirst(".* ", ""));
        return Stream.concat(setters, constructed).collect(Collectors.toSet());
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder();
    }
}
