// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files come from a repository that need not be honest, over real HTTP. */
class PartsFolderTest {
    private static final String ONE = "org/acme/one/1.0/one-1.0.jar";
    private static final String TWO = "org/acme/two/1.0/two-1.0.jar";

    private final Map<String, byte[]> served =
            new ConcurrentHashMap<>(Map.of(ONE, octets("first"), TWO, octets("second")));
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private HttpServer repository;
    private boolean breaksOff;

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void serve() throws IOException {
        repository = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        repository.createContext("/", this::answer);
        repository.start();
    }

    @AfterEach
    void stop() {
        repository.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().substring(1);
            asked.merge(path, 1, Integer::sum);
            var octets = served.get(path);
            if (octets == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets, 0, breaksOff ? octets.length / 2 : octets.length);
        } catch (IOException brokenOff) {
            assertThat(breaksOff).isTrue();
        }
    }

    private String address() {
        return "http://127.0.0.1:" + repository.getAddress().getPort() + "/";
    }

    private static String line(String path, String content) {
        return HexFormat.of().formatHex(PartList.sha256().digest(octets(content))) + " " + octets(content).length + " "
                + path;
    }

    private PartList list() throws Exception {
        var file =
                Files.write(folder.resolve(PartList.FILE), List.of(address(), line(ONE, "first"), line(TWO, "second")));
        return PartList.read(file);
    }

    private CommandContext context(Map<String, String> more) {
        var environment = new HashMap<>(Map.of("HOME", folder.resolve("home").toString()));
        environment.putAll(more);
        var stream = new PrintStream(told, true, StandardCharsets.UTF_8);
        return new CommandContext(
                stream, stream, new ByteArrayInputStream(new byte[0]), environment, false, Clock.systemUTC());
    }

    private List<Path> bring(Map<String, String> environment) throws Exception {
        var context = context(environment);
        return PartsFolder.of(context).with(list(), new PartSource(list(), context));
    }

    private static String content(List<Path> files) {
        return files.stream().map(PartsFolderTest::read).collect(Collectors.joining(" "));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private String said() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void areFetchedOnceAndSaidAndKept() throws Exception {
        assertThat(content(bring(Map.of()))).isEqualTo("first second");
        assertThat(said()).contains("licence: https://aws.amazon.com", "fetching 2 files", address());
        assertThat(content(bring(Map.of()))).isEqualTo("first second");
        assertThat(asked).containsOnly(Map.entry(ONE, 1), Map.entry(TWO, 1));
    }

    @Test
    void lieInTheCacheFolderThatIsNamed() throws Exception {
        var cache = folder.resolve("cache");
        assertThat(bring(Map.of("XDG_CACHE_HOME", cache.toString())))
                .allMatch(file -> file.startsWith(cache.resolve("taskbound")));
    }

    @Test
    void anotherListHasAnotherFolder() throws Exception {
        var first = bring(Map.of()).get(0).getParent();
        served.put(ONE, octets("newer"));
        var file = Files.write(folder.resolve(PartList.FILE), List.of(address(), line(ONE, "newer")));
        var context = context(Map.of());
        var newer = PartsFolder.of(context).with(PartList.read(file), new PartSource(PartList.read(file), context));
        assertThat(newer.get(0).getParent()).isNotEqualTo(first);
        assertThat(read(first.resolve("one-1.0.jar"))).isEqualTo("first");
    }

    @Test
    void aFileOfAnotherContentIsRefusedAndNotKept() throws Exception {
        served.put(TWO, octets("Second"));
        assertThatThrownBy(() -> bring(Map.of()))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("two-1.0.jar is not the file that this version of Taskbound was tested with");
        assertNothingOf("two-1.0.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sec", "second and more"})
    void aFileOfAnotherLengthIsRefusedAndNotKept(String content) throws Exception {
        served.put(TWO, octets(content));
        assertThatThrownBy(() -> bring(Map.of()))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("two-1.0.jar")
                .hasMessageContaining("it is not 6 bytes long there");
        assertNothingOf("two-1.0.jar");
    }

    @Test
    void halfADownloadIsTriedAgainAndThenRefused() throws Exception {
        breaksOff = true;
        assertThatThrownBy(() -> bring(Map.of())).isInstanceOf(Complaint.class).hasMessageContaining("no whole answer");
        // The HTTP client of a newer JDK repeats each request that breaks off once by itself.
        assertThat(asked.get(ONE)).isGreaterThanOrEqualTo(3);
        assertNothingOf("one-1.0.jar");
        breaksOff = false;
        assertThat(content(bring(Map.of()))).isEqualTo("first second");
    }

    @Test
    void aRepositoryWithoutItIsNamed() {
        served.remove(ONE);
        assertThatThrownBy(() -> bring(Map.of()))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("one-1.0.jar from " + address() + ": the answer was 404");
    }

    @Test
    void aDamagedFileInTheCacheIsFetchedAgain() throws Exception {
        Files.writeString(bring(Map.of()).get(0), "f1rst");
        assertThat(content(bring(Map.of()))).isEqualTo("first second");
        assertThat(asked).containsEntry(ONE, 2).containsEntry(TWO, 1);
    }

    @Test
    void theUsersOwnMavenRepositoryIsAskedFirst() throws Exception {
        var own = folder.resolve("home/.m2/repository").resolve(ONE);
        Files.createDirectories(own.getParent());
        Files.writeString(own, "first");
        assertThat(content(bring(Map.of()))).isEqualTo("first second");
        assertThat(asked).containsOnlyKeys(TWO);
    }

    @Test
    void whatIsDamagedThereIsFetched() throws Exception {
        var own = folder.resolve("home/.m2/repository").resolve(ONE);
        Files.createDirectories(own.getParent());
        Files.writeString(own, "fir");
        assertThat(content(bring(Map.of()))).isEqualTo("first second");
    }

    @Test
    void aMirrorIsAskedInPlaceOfTheList() throws Exception {
        served.put("mirror/" + ONE, octets("first"));
        served.put("mirror/" + TWO, octets("second"));
        bring(Map.of("TASKBOUND_MAVEN_CENTRAL", address() + "mirror"));
        assertThat(asked).containsOnlyKeys("mirror/" + ONE, "mirror/" + TWO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://maven.acme.example/", "file:///etc", "https://", "not an address"})
    void anAddressThatIsNoneOfARepositoryIsAWrongSetting(String address) {
        assertThatThrownBy(() -> bring(Map.of("TASKBOUND_MAVEN_CENTRAL", address)))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("TASKBOUND_MAVEN_CENTRAL is not the address of a Maven repository");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ci:hunter2@maven.acme.example/", "ftp://ci:hunter2@maven.acme.example/"})
    void aPasswordInAnAddressIsRefusedAndNotRepeated(String address) {
        assertThatThrownBy(() -> bring(Map.of("TASKBOUND_MAVEN_CENTRAL", address)))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("without user and password")
                .hasMessageNotContaining("hunter2");
        assertThat(said()).doesNotContain("hunter2");
    }

    @Test
    void withoutACacheFolderTheyAreKeptForThisTime() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");
        var files = bring(Map.of("XDG_CACHE_HOME", file.toString()));
        assertThat(content(files)).isEqualTo("first second");
        assertThat(said()).contains("no cache folder is this user's own and can be written", "removed at the end");
    }

    private void areKeptForThisTimeAlone(Path cache) throws Exception {
        assertThat(bring(Map.of("XDG_CACHE_HOME", cache.toString()))).noneMatch(file -> file.startsWith(folder));
        assertThat(said()).contains("no cache folder is this user's own");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions of POSIX")
    void aCacheIntoWhichAllCanWriteIsNotUsed() throws Exception {
        var cache = Files.createDirectories(folder.resolve("cache/taskbound"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        areKeptForThisTimeAlone(cache.getParent());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links of POSIX")
    void aCacheThatLeadsElsewhereIsNotUsed() throws Exception {
        var cache = Files.createDirectories(folder.resolve("cache"));
        Files.createSymbolicLink(cache.resolve("taskbound"), Files.createDirectories(folder.resolve("elsewhere")));
        areKeptForThisTimeAlone(cache);
    }

    /** As with a sudo that keeps HOME. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "owners of POSIX")
    void aCacheOfAnotherUserIsNotUsed() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "NOT RUN: only root gives files to another user");
        var cache = Files.createDirectories(folder.resolve("cache"));
        var nobody = cache.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(cache, nobody);
        areKeptForThisTimeAlone(cache);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links of POSIX")
    void theCacheItselfMayBeALinkAndItsLockMayNot() throws Exception {
        var disk = Files.createDirectories(folder.resolve("disk"));
        var cache = Files.createSymbolicLink(folder.resolve("cache"), disk);
        assertThat(content(bring(Map.of("XDG_CACHE_HOME", cache.toString())))).isEqualTo("first second");
        assertThat(said()).doesNotContain("no cache folder");
        var lock = disk.resolve("taskbound/dynamodb-local").resolve(list().id()).resolve("lock");
        Files.delete(lock);
        Files.createSymbolicLink(lock, folder.resolve("victim"));
        assertThatThrownBy(() -> bring(Map.of("XDG_CACHE_HOME", cache.toString())))
                .isInstanceOf(Complaint.class);
        assertThat(folder.resolve("victim")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not an address\n",
                "https://maven.acme.example/\nabc 1 x/y.jar\n",
                "https://maven.acme.example/\n0000000000000000000000000000000000000000000000000000000000000000 1 ../../y.jar\n"
            })
    void aDamagedListIsNamed(String text) throws Exception {
        var file = Files.writeString(folder.resolve(PartList.FILE), text);
        assertThatThrownBy(() -> PartList.read(file))
                .isInstanceOf(Complaint.class)
                .hasMessageEndingWith("is damaged.");
    }

    private void assertNothingOf(String name) throws IOException {
        try (var files = Files.walk(folder.resolve("home"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .doesNotContain(name)
                    .noneMatch(each -> each.endsWith(".part"));
        }
    }
}
