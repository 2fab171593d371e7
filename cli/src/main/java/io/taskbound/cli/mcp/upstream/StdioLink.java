// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import io.taskbound.cli.mcp.rpc.RpcFault;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.cli.mcp.rpc.RpcReader;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that reads and writes one message a line. It gets the variables that programs need to run, what the map
 * gives it, and nothing else of the gateway's environment. What it writes to its standard error goes to ours.
 */
final class StdioLink implements Link {
    /** So that a program runs at all, and finds its user's settings; none of them is a secret. */
    private static final List<String> USUAL = List.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "TERM",
            "SYSTEMROOT",
            "SYSTEMDRIVE",
            "APPDATA",
            "LOCALAPPDATA",
            "PROGRAMFILES",
            "TEMP",
            "TMP",
            "USERNAME",
            "USERPROFILE");

    private static final int MAX_LINE = 8 * 1024 * 1024;
    private static final Duration TO_END = Duration.ofSeconds(2);

    private final Process process;
    private final Unasked unasked;
    private final OutputStream in;
    /** A program that does not read holds up this thread and no caller. */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "taskbound-mcp-server-input");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<JsonValue, CompletableFuture<RpcMessage>> waiting = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private StdioLink(Process process, Unasked unasked) {
        this.process = process;
        this.unasked = unasked;
        this.in = process.getOutputStream();
        var reader = new Thread(this::read, "taskbound-mcp-server");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the program.
     *
     * @param own the gateway's environment
     * @param given the variables that the map gives the program; secret
     */
    static StdioLink start(List<String> command, Map<String, String> own, Map<String, String> given, Unasked unasked)
            throws UpstreamFault {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        var environment = builder.environment();
        environment.clear();
        USUAL.forEach(name -> Optional.ofNullable(own.get(name)).ifPresent(value -> environment.put(name, value)));
        environment.putAll(given);
        try {
            return new StdioLink(builder.start(), unasked);
        } catch (IOException notStarted) {
            throw new UpstreamFault("the MCP server cannot be started: " + notStarted.getMessage());
        }
    }

    /** Completes when the program has ended. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public Reply ask(RpcMessage.Call call, Map<String, String> headers, Duration patience) throws UpstreamFault {
        var answer = new CompletableFuture<RpcMessage>();
        waiting.put(call.id(), answer);
        try {
            write(call.asJson(), () -> answer.completeExceptionally(gone()));
            if (ended.isDone()) {
                throw gone();
            }
            return new Reply(
                    200, Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS)), Optional.empty());
        } catch (TimeoutException late) {
            throw new UpstreamFault("the MCP server did not answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException broken) {
            throw gone();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UpstreamFault("the gateway is ending");
        } finally {
            waiting.remove(call.id());
        }
    }

    @Override
    public void tell(RpcMessage.Notice notice, Map<String, String> headers) throws UpstreamFault {
        write(notice.asJson(), process::destroy);
    }

    /** @param unwritten what to do if the program takes nothing any longer */
    private void write(JsonObject message, Runnable unwritten) throws UpstreamFault {
        try {
            writer.execute(() -> {
                try {
                    in.write((JsonText.of(message) + "\n").getBytes(StandardCharsets.UTF_8));
                    in.flush();
                } catch (IOException broken) {
                    unwritten.run();
                }
            });
        } catch (RejectedExecutionException closed) {
            throw gone();
        }
    }

    private static UpstreamFault gone() {
        return new UpstreamFault("the MCP server's program has ended");
    }

    private void read() {
        try (var out = new BufferedInputStream(process.getInputStream())) {
            for (var line = line(out); line.isPresent(); line = line(out)) {
                take(line.get());
            }
        } catch (IOException | UpstreamFault broken) {
            process.destroy();
        } finally {
            ended.complete(null);
            waiting.values().forEach(answer -> answer.completeExceptionally(gone()));
        }
    }

    private static Optional<byte[]> line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return Optional.of(line.toByteArray());
            }
            line.write(c);
            if (line.size() > MAX_LINE) {
                throw new IOException("a message is longer than " + MAX_LINE + " bytes");
            }
        }
        return Optional.empty();
    }

    /** A program that writes something else than messages is not helped by an answer. */
    private void take(byte[] line) throws UpstreamFault {
        RpcMessage message;
        try {
            message = RpcReader.read(line);
        } catch (RpcFault notRpc) {
            return;
        }
        if (message instanceof RpcMessage.Notice notice) {
            unasked.heard(notice);
        } else if (message instanceof RpcMessage.Call question) {
            write(unasked.answer(question), process::destroy);
        } else {
            id(message).map(waiting::get).ifPresent(answer -> answer.complete(message));
        }
    }

    private static Optional<JsonValue> id(RpcMessage message) {
        return message instanceof RpcMessage.Result result
                ? Optional.of(result.id())
                : message instanceof RpcMessage.Failure failure ? failure.id() : Optional.empty();
    }

    /** First by the end of its input, as the protocol wants it. */
    @Override
    public void close() {
        if (!writer.isShutdown()) {
            writer.execute(this::endInput);
            writer.shutdown();
        }
        try {
            if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroy();
                if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void endInput() {
        try {
            in.close();
        } catch (IOException alreadyGone) {
            process.destroy();
        }
    }
}
