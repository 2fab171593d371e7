// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script by which people install a release. */
class InstallScriptTest extends InstallScriptFixture {
    @Test
    void installsAVersionWhoseDigestIsGivenAndSaysWhereItIs() throws Exception {
        var ran = install("--sha256", sha256().toUpperCase(java.util.Locale.ROOT));
        assertThat(ran.code()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("installed: taskbound 1.2.3", "is not on your PATH", "to remove it: rm -r");
        assertThat(ran(Map.of(), link().toString()).output()).isEqualTo("taskbound 1.2.3\n");
        assertNothingHalf();
    }

    @Test
    void aNewVersionStandsBesideAnOldOneAndTheSameTwiceIsNoFault() throws Exception {
        put("1.2.4", "echo \"taskbound 1.2.4\"");
        install("--sha256", sha256());
        var newer = sha256(served.get(archive.replace("1.2.3", "1.2.4")));
        for (int i = 0; i < 2; i++) {
            var ran = install("--version", "1.2.4", "--sha256", newer);
            assertThat(ran.code()).as(ran.output()).isZero();
        }
        assertThat(ran(Map.of(), link().toString()).output()).isEqualTo("taskbound 1.2.4\n");
        assertThat(versions().resolve("1.2.3/bin/taskbound")).exists();
        assertNothingHalf();
    }

    @Test
    void anArchiveOfAnotherDigestIsRefusedAndTheOldOneStays() throws Exception {
        install("--sha256", sha256());
        put("1.2.4", "echo \"taskbound 1.2.4\"");
        var ran = install("--version", "1.2.4", "--sha256", sha256());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("has the SHA-256", "nothing was changed");
        assertNothingOf("1.2.4");
        assertThat(ran(Map.of(), link().toString()).output()).isEqualTo("taskbound 1.2.3\n");
    }

    @Test
    void halfADownloadIsRefused() throws Exception {
        var digest = sha256();
        served.compute(archive, (name, octets) -> java.util.Arrays.copyOf(octets, octets.length / 2));
        var ran = install("--sha256", digest);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("The download is incomplete, or not the genuine file");
        assertNothingOf("1.2.3");
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        var digest = sha256();
        served.clear();
        var ran = install("--sha256", digest);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains(archive + " could not be downloaded; nothing was changed");
        assertNothingOf("1.2.3");
    }

    @Test
    void aProgramThatDoesNotStartHereIsNotInstalled() throws Exception {
        put("1.2.3", "echo no such library >&2; exit 127");
        var ran = install("--sha256", sha256());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("no such library", "does not start on this system; nothing was changed");
        assertNothingOf("1.2.3");
    }

    @Test
    void withNeitherDigestNorKeyNothingIsTrusted() throws Exception {
        var ran = install();
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("nothing says which files are genuine", "--sha256", "--key");
        assertNothingOf("1.2.3");
    }

    @Test
    void aFileOfAnotherInThePlaceOfTheLinkIsLeftAlone() throws Exception {
        Files.createDirectories(link().getParent());
        Files.writeString(link(), "mine");
        var ran = install("--sha256", sha256());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("is a file that this script did not make; nothing was changed");
        assertThat(link()).hasContent("mine");
        assertNothingOf("1.2.3");
    }

    @Test
    void withoutAHomeItSaysWhatToName() throws Exception {
        var ran = install(Map.of("HOME", ""), "--sha256", sha256());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("there is no home folder to install to", "--prefix and --bin-dir");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");
        var ran = install(
                "--sha256",
                sha256(),
                "--prefix",
                file + "/versions",
                "--bin-dir",
                folder.resolve("bin").toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains(file + "/versions cannot be written");
    }

    @Test
    void goesWhereItIsToldTo() throws Exception {
        var ran = install("--sha256", sha256(), "--prefix", folder + "/opt versions", "--bin-dir", folder + "/own bin");
        assertThat(ran.code()).as(ran.output()).isZero();
        assertThat(ran(Map.of(), folder + "/own bin/taskbound").output()).isEqualTo("taskbound 1.2.3\n");
        assertThat(versions()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--version|../1|is not a version",
                "--sha256|abc|64 hexadecimal digits",
                "--from|http://mirror.acme.example|begins with https://",
                "--from|https://user:secret@mirror.acme.example|must not hold a user or password",
                "--from|http://127.0.0.1@mirror.acme.example|begins with https://",
                "--prefix||--prefix needs a value",
                "--colour|red|there is no option --colour"
            })
    void wrongOptionsAreNamedAndNothingIsAsked(String option, String value, String words) throws Exception {
        served.clear();
        var ran = install(option, value == null ? "" : value);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.output()).contains(words);
    }

    @Test
    void helpNamesEachOption() throws Exception {
        var ran = ran(Map.of(), "sh", SCRIPT, "--help");
        assertThat(ran.code()).isZero();
        assertThat(ran.output()).contains("--version", "--sha256", "--key", "--from", "--prefix", "--bin-dir");
    }

    @Test
    void installsWhatTheKeyHasSigned() throws Exception {
        var key = signed(sums());
        var ran = install("--key", key.toString());
        assertThat(ran.code()).as(ran.output()).isZero();
        assertThat(ran(Map.of(), link().toString()).output()).isEqualTo("taskbound 1.2.3\n");
        assertNothingHalf();
    }

    @Test
    void aReleasedScriptHasItsKeyInside() throws Exception {
        var key = signed(sums());
        var script = Files.readString(Path.of(SCRIPT))
                .replace("tb_release_key=''", "tb_release_key='" + Files.readString(key) + "'");
        var own = Files.writeString(folder.resolve("install.sh"), script);
        var ran = ran(Map.of(), "sh", own.toString(), "--version", "1.2.3", "--from", from());
        assertThat(ran.code()).as(ran.output()).isZero();
    }

    @Test
    void whatAnotherKeyHasSignedIsRefused() throws Exception {
        var other = signed(sums());
        signed(sums());
        var ran = install("--key", other.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("is not signed by that key; nothing was changed");
        assertNothingOf("1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "cut"})
    void sumsThatWereTouchedAreRefused(String how) throws Exception {
        var key = signed(sums());
        served.computeIfPresent("SHA256SUMS", (name, octets) -> {
            var text = new String(octets, StandardCharsets.UTF_8);
            return (how.equals("cut") ? text.substring(0, text.length() / 2) : text.replace("another", "an other"))
                    .getBytes(StandardCharsets.UTF_8);
        });
        var ran = install("--key", key.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("is not signed by that key");
    }

    @Test
    void aReleaseWithoutAnArchiveForThisSystemIsSaid() throws Exception {
        var key = signed("0".repeat(64) + "  another.tar.gz\n");
        var ran = install("--key", key.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("SHA256SUMS does not name " + archive);
    }

    @Test
    void aKeyThatIsNoneIsNamed() throws Exception {
        signed(sums());
        var file = Files.writeString(folder.resolve("no.key"), "no key");
        assertThat(install("--key", file.toString()).output()).contains("is not a public key");
        assertThat(install("--key", "missing.key").output()).contains("the key missing.key cannot be read");
    }

    @Test
    void wgetDoesWhereThereIsNoCurl() throws Exception {
        assumeTrue(ran(Map.of(), "sh", "-c", "command -v wget").code() == 0, "NOT RUN: no wget here");
        var tools = Files.createDirectories(folder.resolve("tools"));
        var names = "sh uname grep sed tr mkdir mktemp rm cut sha256sum wget awk tar gzip mv ln chmod ldd bash cat env";
        for (var tool : names.split(" ")) {
            var found = ran(Map.of(), "sh", "-c", "command -v " + tool).output().strip();
            if (!found.isEmpty()) {
                Files.createSymbolicLink(tools.resolve(tool), Path.of(found));
            }
        }
        var ran = install(new HashMap<>(Map.of("PATH", tools.toString())), "--sha256", sha256());
        assertThat(ran.code()).as(ran.output()).isZero();
    }
}
