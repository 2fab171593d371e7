// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the Jenkins project's hosting checker demands of the folder jenkins-plugin, once it is a repository of its own,
 * as far as it needs neither Jenkins nor the network.
 */
class JenkinsHostingTest {
    private static final Path PLUGIN = Tree.ROOT.resolve("jenkins-plugin");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)");
    private static final Pattern EVENT_HANDLER = Pattern.compile("\\son[a-z]+=");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "LICENSE",
                "Jenkinsfile",
                ".gitignore",
                ".github/CODEOWNERS",
                ".github/dependabot.yml",
                ".github/workflows/cd.yaml",
                ".github/workflows/jenkins-security-scan.yml",
                ".mvn/extensions.xml",
                ".mvn/maven.config",
                "src/main/resources/index.jelly"
            })
    void isThere(String file) {
        assertThat(PLUGIN.resolve(file)).isRegularFile();
    }

    /** Releases by continuous delivery have release notes of their own. */
    @ParameterizedTest
    @ValueSource(strings = {".github/release-drafter.yml", ".github/workflows/release-drafter.yml"})
    void isNotThere(String file) {
        assertThat(PLUGIN.resolve(file)).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        ".github/CODEOWNERS, * @jenkinsci/taskbound-plugin-developers",
        ".gitignore, target/",
        ".gitignore, work/",
        ".mvn/maven.config, -Dchangelist.format=%d.v%s"
    })
    void hasTheLine(String file, String line) {
        assertThat(text(file).lines()).contains(line);
    }

    @ParameterizedTest
    @CsvSource({
        "groupId, io.jenkins.plugins",
        "artifactId, taskbound",
        "version, ${changelist}",
        "url, https://github.com/${gitHubRepo}",
        "scm/tag, ${scmTag}",
        "properties/changelist, 999999-SNAPSHOT",
        "properties/gitHubRepo, jenkinsci/${project.artifactId}-plugin",
        "properties/jenkins.version, ${jenkins.baseline}.3",
        "properties/hpi.strictBundledArtifacts, true",
        "properties/ban-commons-lang-2.skip, false",
        "properties/ban-deprecated-stapler.skip, false",
        "properties/ban-junit4-imports.skip, false",
        "properties/banObsoleteDependencyOverrides.skip, false",
        "dependencyManagement/dependencies/dependency/artifactId, bom-${jenkins.baseline}.x"
    })
    void thePomSays(String path, String value) throws Exception {
        assertThat(pom(path)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "developers",
                "properties/java.level",
                "properties/maven.compiler.release",
                "dependencies/dependency[groupId='org.jenkins-ci.plugins']/version"
            })
    void thePomDoesNotSay(String path) throws Exception {
        assertThat(pom(path)).isEmpty();
    }

    @Test
    void theNameIsNotJenkins() throws Exception {
        assertThat(pom("name")).isNotBlank().doesNotContainIgnoringCase("jenkins");
    }

    /** Of the day: repository-permissions-updater, Requirements.java. */
    @Test
    void theBuildIsOneCallForJdksThatTheProjectBuildsOn() {
        assertThat(text("Jenkinsfile").lines().filter(line -> !line.startsWith("//")))
                .startsWith("buildPlugin(")
                .endsWith("])");
        assertThat(matches(Pattern.compile("platform: '\\w+', jdk: (\\d+)"), text("Jenkinsfile")))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(jdk -> assertThat(Set.of("21", "25")).contains(jdk));
    }

    @Test
    void aWorkflowOfOthersIsNamedByItsCommit() {
        assertThat(Stream.of("cd.yaml", "jenkins-security-scan.yml")
                        .flatMap(name -> text(".github/workflows/" + name).lines())
                        .filter(line -> line.contains("uses:")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).containsPattern("@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+$"));
    }

    static List<Path> pages() throws IOException {
        return JenkinsPluginFilesTest.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageFitsAContentSecurityPolicy(Path page) {
        assertThat(Tree.text(page))
                .doesNotContain("<style", "<script", "checkUrl")
                .doesNotContainPattern(EVENT_HANDLER);
    }

    /** In the repository of the plugin alone, nothing lies above its root. */
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "HOSTING.md"})
    void aLinkStaysInTheFolderOrIsAbsolute(String page) {
        assertThat(matches(LINK, text(page)).stream().filter(link -> !link.startsWith("https://")))
                .allSatisfy(link -> {
                    assertThat(link).doesNotStartWith("..").doesNotStartWith("/");
                    assertThat(Files.exists(PLUGIN.resolve(link))).as(link).isTrue();
                });
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String pom(String path) throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(PLUGIN.resolve("pom.xml").toFile());
        return XPathFactory.newInstance().newXPath().evaluate("/project/" + path, document);
    }

    private static String text(String file) {
        return Tree.text(PLUGIN.resolve(file));
    }
}
