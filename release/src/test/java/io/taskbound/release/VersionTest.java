// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tag releases only what calls itself by that version. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "releases are made on Linux")
class VersionTest {
    @TempDir
    private Path tree;

    @BeforeEach
    void aTreeOfVersion123() throws Exception {
        Files.createDirectories(tree.resolve("release"));
        Files.copy(Script.ROOT.resolve("release/version"), tree.resolve("release/version"));
        write("pom.xml", "<artifactId>parent</artifactId>\n<version>1.2.3</version>\n<version>9</version>\n");
        write("cli/pom.xml", "<parent>\n<version>1.2.3</version>\n</parent>\n<version>9</version>\n");
        write("tools/bench/pom.xml", "<parent>\n<version>1.2.3</version>\n</parent>\n");
        write("jenkins-plugin/pom.xml", "<version>6.1</version>\n<taskbound.version>1.2.3</taskbound.version>\n");
        write("github-action/package.json", "{\n  \"version\": \"1.2.3\",\n  \"x\": {\"version\": \"9\"}\n}\n");
        write("packages/pom.xml", "<parent>\n<version>1.2.3</version>\n</parent>\n");
        write("packages/node/package.json", "{\n  \"version\": \"1.2.3\",\n}\n");
        write("packages/python/pyproject.toml", "[project]\nversion = \"1.2.3\"\n");
    }

    private void write(String file, String text) throws Exception {
        var path = tree.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Ended version(String tag) throws Exception {
        return Script.run(tree, List.of("bash", "release/version", tag));
    }

    @Test
    void printsTheVersionThatAllAgreeOn() throws Exception {
        assertThat(version("v1.2.3")).isEqualTo(new Ended(0, "1.2.3\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "v1.2", "v1.2.3-rc1", "v1.2.3\n", "latest"})
    void refusesWhatIsNoTagOfARelease(String tag) throws Exception {
        assertThat(version(tag).code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "cli/pom.xml", "tools/bench/pom.xml"})
    void refusesAPomOfAnotherVersion(String pom) throws Exception {
        write(pom, "<version>1.2.3-SNAPSHOT</version>\n");
        assertThat(version("v1.2.3")).isEqualTo(new Ended(1, "version: " + pom + " says 1.2.3-SNAPSHOT\n"));
    }

    @Test
    void refusesAJenkinsPluginThatWantsAnotherClient() throws Exception {
        write("jenkins-plugin/pom.xml", "<version>1.2.3</version>\n<taskbound.version>1.2.2</taskbound.version>\n");
        assertThat(version("v1.2.3")).isEqualTo(new Ended(1, "version: jenkins-plugin/pom.xml says 1.2.2\n"));
    }

    @Test
    void refusesAnActionOfAnotherVersion() throws Exception {
        write("github-action/package.json", "{\n  \"version\": \"1.2.4\",\n}\n");
        assertThat(version("v1.2.3")).isEqualTo(new Ended(1, "version: github-action/package.json says 1.2.4\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"packages/node/package.json", "packages/python/pyproject.toml"})
    void refusesAPackageOfAnotherVersion(String manifest) throws Exception {
        var text = Files.readString(tree.resolve(manifest));
        write(manifest, text.replace("1.2.3", "1.2.4"));
        assertThat(version("v1.2.3")).isEqualTo(new Ended(1, "version: " + manifest + " says 1.2.4\n"));
    }
}
