// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.local.OwnPort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that answers late, and two processes that want the same. */
class PartsInTimeTest {
    private static final byte[] CONTENT = "the jar".getBytes(StandardCharsets.UTF_8);
    private static final String PATH = "org/acme/one/1.0/one-1.0.jar";
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path folder;

    private HttpServer repository;
    private int port;

    @BeforeEach
    void serve() throws IOException {
        repository = OwnPort.bind(
                port -> HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        port = repository.getAddress().getPort();
        repository.createContext("/", this::answerLate);
        repository.setExecutor(threads);
        repository.start();
    }

    @AfterEach
    void stop() {
        answer.countDown();
        repository.stop(0);
        threads.shutdownNow();
    }

    private void answerLate(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        asked.countDown();
        try (exchange) {
            answer.await();
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private Path list() throws IOException {
        var part = HexFormat.of().formatHex(PartList.sha256().digest(CONTENT)) + " " + CONTENT.length + " " + PATH;
        return Files.write(folder.resolve(PartList.FILE), List.of(address(), part));
    }

    private String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    private List<Path> bringWithin(Duration limit) throws Exception {
        var stream = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var home = Map.of("HOME", folder.toString());
        var context = new CommandContext(
                stream, stream, new ByteArrayInputStream(new byte[0]), home, false, Clock.systemUTC());
        var list = PartList.read(list());
        return new PartsFolder(context, limit).with(list, new PartSource(list, context));
    }

    @Test
    void aRepositoryThatKeepsOneWaitingIsGivenUpInTime() {
        assertThatThrownBy(() -> bringWithin(SHORT))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("DynamoDB Local did not come within 1 s: one-1.0.jar from " + address());
    }

    @Test
    void aRefusedConnectionIsCalledSo() {
        repository.stop(0);
        assertThatThrownBy(() -> bringWithin(Duration.ofMinutes(10)))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("one-1.0.jar from " + address() + ": no connection");
    }

    @Test
    void anAnswerOfAFaultIsNotReadToItsEnd() {
        repository.removeContext("/");
        repository.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(500, 0);
                while (true) {
                    exchange.getResponseBody().write(CONTENT);
                }
            }
        });
        assertThatThrownBy(() -> bringWithin(Duration.ofSeconds(30)))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("the answer was 500");
    }

    @Test
    void ofTwoProcessesOneFetchesAndTheOtherWaits() throws Exception {
        var list = list();
        try (var first = Bringing.start(list, folder)) {
            asked.await();
            try (var second = Bringing.start(list, folder)) {
                second.says("waiting for another process that brings DynamoDB Local");
                answer.countDown();
                assertThat(first.exitCode()).isZero();
                assertThat(second.exitCode()).isZero();
            }
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void aProcessThatNeverEndsIsNotWaitedForLonger() throws Exception {
        try (var first = Bringing.start(list(), folder)) {
            asked.await();
            assertThatThrownBy(() -> bringWithin(SHORT))
                    .isInstanceOf(Complaint.class)
                    .hasMessageContaining("Another process has been bringing DynamoDB Local into")
                    .hasMessageContaining("for 1 s");
            assertThat(first).isNotNull();
        }
    }

    @Test
    void whatAProcessThatWasKilledHeldIsFree() throws Exception {
        try (var first = Bringing.start(list(), folder)) {
            asked.await();
            first.kill();
        }
        answer.countDown();
        assertThat(bringWithin(Duration.ofMinutes(10)))
                .singleElement()
                .satisfies(file -> assertThat(file).hasBinaryContent(CONTENT));
    }
}
