// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile mirror, a second call beside it, a signal and odd folders make of the script: nothing. */
class InstallScriptAttacksTest extends InstallScriptFixture {

    @ParameterizedTest
    @ValueSource(strings = {"--prefix", "HOME", "XDG_DATA_HOME"})
    void theLinkLeadsThereAlsoFromARelativeFolder(String what) throws Exception {
        var options = new ArrayList<>(List.of("--sha256", sha256(), "--bin-dir", "own bin"));
        if (what.equals("--prefix")) {
            options.addAll(List.of("--prefix", "own versions"));
        }
        var ran =
                install(what.equals("--prefix") ? Map.of() : Map.of(what, "relative"), options.toArray(String[]::new));
        assertThat(ran.code()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("installed: taskbound 1.2.3");
        assertThat(ran(Map.of(), folder + "/own bin/taskbound").output()).isEqualTo("taskbound 1.2.3\n");
    }

    @Test
    void aLinkToAFolderIsNotFollowed() throws Exception {
        var theirs = Files.createDirectories(folder.resolve("theirs"));
        Files.createDirectories(link().getParent());
        Files.createSymbolicLink(link(), theirs);
        var ran = install("--sha256", sha256());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("did not make; nothing was changed");
        assertThat(theirs).isEmptyDirectory();
        assertNothingOf("1.2.3");
    }

    @Test
    void theLineThatRemovesItIsOneOfTheShell() throws Exception {
        home = Files.createDirectories(folder.resolve("a 'home' of \"$(touch owned)\""));
        var ran = install("--sha256", sha256());
        var line = ran.output()
                .lines()
                .filter(text -> text.contains("to remove it: "))
                .findFirst()
                .orElseThrow();
        assertThat(ran(Map.of(), "sh", "-c", line.replaceFirst(".*to remove it: ", ""))
                        .code())
                .isZero();
        assertThat(link())
                .satisfies(link -> assertThat(Files.isSymbolicLink(link)).isFalse());
        assertNothingOf("1.2.3");
        assertThat(folder.resolve("owned")).doesNotExist();
    }

    @Test
    void severalAtOnceLeaveOneWholeVersion() throws Exception {
        var digest = sha256();
        var overlap = folder.resolve("overlap");
        var path = pathWith(
                "mv",
                "mkdir '" + folder + "/moving' || touch '" + overlap + "'\nsleep 0.3\n" + real("mv")
                        + " \"$@\"; code=$?\nrmdir '" + folder + "/moving'\nexit $code\n");
        var pool = Executors.newFixedThreadPool(3);
        try {
            Callable<Ended> one = () -> install(path, "--sha256", digest);
            var all = pool.invokeAll(Collections.nCopies(3, one));
            for (var ran : all) {
                assertThat(ran.get().code()).as(ran.get().output()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(overlap).doesNotExist();
        assertThat(versions().resolve("1.2.3")).isDirectoryNotContaining("glob:**taskbound-*");
        assertThat(versions().resolve(".lock")).doesNotExist();
        assertNothingHalf();
    }

    /** A PATH on which another program comes first under this name. */
    private Map<String, String> pathWith(String name, String lines) throws Exception {
        var tools = Files.createDirectories(folder.resolve("tools"));
        Files.writeString(tools.resolve(name), "#!/bin/sh\n" + lines);
        assertThat(tools.resolve(name).toFile().setExecutable(true)).isTrue();
        return Map.of("PATH", tools + ":" + System.getenv("PATH"));
    }

    private String real(String name) throws Exception {
        return ran(Map.of(), "sh", "-c", "command -v " + name).output().strip();
    }

    @Test
    void aSignalBetweenTheMovesLeavesTheOldOne() throws Exception {
        install("--sha256", sha256());
        var mv = folder.resolve("tools/mv");
        var path = pathWith("mv", "rm -f '" + mv + "'\n" + real("mv") + " \"$@\"\nkill -TERM $PPID\n");
        var ran = install(path, "--sha256", sha256());
        assertThat(mv).doesNotExist();
        assertThat(ran.code()).as(ran.output()).isEqualTo(143);
        assertThat(ran(Map.of(), link().toString()).output()).isEqualTo("taskbound 1.2.3\n");
        assertThat(versions().resolve(".lock")).doesNotExist();
        assertNothingHalf();
    }

    @Test
    void aLockThatSomebodyLeftIsNamed() throws Exception {
        var lock = Files.createDirectories(versions().resolve(".lock"));
        // The script's patience, without its half minute.
        var ran = install(pathWith("sleep", ""), "--sha256", sha256());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("another install.sh is at work", "rmdir '" + lock + "'");
        assertThat(lock).exists();
        assertNothingOf("1.2.3");
    }

    @Test
    void aSignalEndsItAtOnceAlsoWhileItDownloads() throws Exception {
        held.add(archive);
        var builder = new ProcessBuilder("sh", SCRIPT, "--version", "1.2.3", "--from", from(), "--sha256", sha256());
        builder.environment().put("HOME", home.toString());
        var process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        asked.acquire();
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertNothingOf("1.2.3");
    }

    @Test
    @Tag("long")
    void anEndlessFileIsCutOff() throws Exception {
        endless.add(archive);
        var ran = install("--sha256", sha256());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains(archive + " could not be downloaded; nothing was changed");
        assertThat(sent.sum()).isLessThan(500_000_000);
        assertNothingOf("1.2.3");
    }

    @Test
    void whatARevokedKeyHasSignedIsRefused() throws Exception {
        var ran = install("--key", signed(sums(), true).toString());
        assertThat(ran.code()).as(ran.output()).isEqualTo(1);
        assertThat(ran.output()).contains("is signed by a key that is revoked or expired; nothing was changed");
        assertNothingOf("1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--sign", "--clearsign"})
    void aMessageWithASignatureInsideIsNoSignatureOfTheSums(String how) throws Exception {
        var key = signed(sums(), false, how);
        served.put("SHA256SUMS", (sha256() + "  " + archive + "\n").getBytes(StandardCharsets.UTF_8));
        var ran = install("--key", key.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("is not signed by that key");
        assertNothingOf("1.2.3");
    }

    @Test
    void theSumsOfAnotherVersionDoNotName() throws Exception {
        put("1.2.4", "echo \"taskbound 1.2.4\"");
        var ran = install("--version", "1.2.4", "--key", signed(sums()).toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("SHA256SUMS does not name");
        assertNothingOf("1.2.4");
    }

    @Test
    void anOldArchiveUnderANewNameIsRefused() throws Exception {
        served.put(archive.replace("1.2.3", "1.2.4"), served.get(archive));
        var ran = install("--version", "1.2.4", "--sha256", sha256());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("does not hold taskbound-1.2.4");
        assertNothingOf("1.2.4");
    }

    @Test
    void aLongPathIsNoTroubleForGpg() throws Exception {
        var key = signed(sums());
        home = Files.createDirectories(home.resolve("l".repeat(120)));
        var ran = install("--key", key.toString());
        assertThat(ran.code()).as(ran.output()).isZero();
    }
}
