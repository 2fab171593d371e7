// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.Jti;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database in a folder outlives the kill of its process, in the middle of a write. */
@Tag("long")
@Timeout(300)
class LedgerDurabilityTest {
    private static final int KILLS = 3;
    private static final int WRITES_BEFORE_A_KILL = 40;

    /** The process that is killed: mints and closes, and says so only once the ledger did. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            var ledger = open(EmbeddedDynamo.at(Path.of(arguments[0])));
            while (true) {
                var token = token();
                ledger.mint(token);
                System.out.println("minted " + token.jti());
                ledger.close(token.jti(), closure(NOW, Cause.HOLDER));
                System.out.println("closed " + token.jti());
            }
        }
    }

    private static Ledger open(EmbeddedDynamo dynamo) {
        LedgerTable.create(dynamo.client(), "taskbound");
        return new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30));
    }

    @Test
    void keepsEveryAcknowledgedWriteOfAKilledProcess(@TempDir Path folder) throws Exception {
        var acknowledged = new ArrayList<String>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(writeUntilKilled(folder));
        }

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * WRITES_BEFORE_A_KILL);
        try (var dynamo = EmbeddedDynamo.at(folder)) {
            var ledger = open(dynamo);
            acknowledged.forEach(line -> assertKept(ledger, line));
        }
    }

    private static void assertKept(Ledger ledger, String line) {
        var jti = Jti.parse(line.substring("minted ".length())).orElseThrow();
        var token = ledger.find(jti);
        assertThat(token).as(line).isPresent();
        if (line.startsWith("closed")) {
            assertThat(token.get().life().state()).as(line).isEqualTo(State.CLOSED);
        }
    }

    private static List<String> writeUntilKilled(Path folder) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var lines = new ArrayList<String>();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null) {
                lines.add(line);
                // By its handle: the process itself would close the stream that holds its last words.
                if (lines.size() == WRITES_BEFORE_A_KILL) {
                    process.toHandle().destroyForcibly();
                }
                line = out.readLine();
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        }
        return lines.stream().filter(LedgerDurabilityTest::isWhole).toList();
    }

    /** The last line may have been cut by the kill. */
    private static boolean isWhole(String line) {
        return line.length() > "minted ".length()
                && Jti.parse(line.substring("minted ".length())).isPresent();
    }
}
