// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Main;
import io.taskbound.cli.Ran;
import io.taskbound.cli.terminal.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A {@code github-app create} that runs while the test plays the person at the browser. */
final class Creating {
    private static final Pattern PAGE = Pattern.compile("(?m)^  (http://127\\.0\\.0\\.1:[0-9]+/\\S+)$");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> code;

    private Creating(String... arguments) {
        var context = new CommandContext(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                InputStream.nullInputStream(),
                Map.of(),
                false,
                Clock.systemUTC());
        code = CompletableFuture.supplyAsync(() -> Main.run(context, arguments));
    }

    static Creating start(String... arguments) {
        return new Creating(arguments);
    }

    /** Where the page is. */
    URI page() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && !code.isDone()) {
            var found = PAGE.matcher(out.toString(UTF_8));
            if (found.find()) {
                return URI.create(found.group(1));
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no page: " + out.toString(UTF_8) + err.toString(UTF_8));
    }

    boolean isOver() {
        return code.isDone();
    }

    Ran ended() throws Exception {
        int exit = code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return new Ran(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** A test that fails says what the command said. */
    Ran endedWell() throws Exception {
        var ran = ended();
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran;
    }
}
