// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.front;

import io.taskbound.cli.mcp.gateway.Caller;
import io.taskbound.cli.mcp.gateway.Gateway;
import io.taskbound.cli.mcp.gateway.Outcome;
import io.taskbound.cli.mcp.rpc.RpcError;
import io.taskbound.cli.mcp.rpc.RpcFault;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.cli.mcp.rpc.RpcReader;
import io.taskbound.client.resource.Presented;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One caller over standard input and output: a message a line. The token is the process's own, as the protocol has it
 * where there is no HTTP; the session ends with it.
 */
public final class StdioFront {
    private static final int MAX_LINE = 256 * 1024;
    private static final int AT_ONCE = 16;
    private static final int TO_FINISH_SECONDS = 10;

    private final Gateway gateway;
    private final Presented presented;
    private final InputStream in;
    private final OutputStream out;
    private final Consumer<String> operator;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    /**
     * @param presented the token of the process
     * @param operator hears of requests that failed inside
     */
    public StdioFront(
            Gateway gateway, Presented presented, InputStream in, OutputStream out, Consumer<String> operator) {
        this.gateway = gateway;
        this.presented = presented;
        this.in = in;
        this.out = out;
        this.operator = operator;
    }

    /**
     * Begins to answer on threads of its own.
     *
     * @return completes with true when the caller ended its input and what it had asked is answered, or 10 s have
     *     passed; with false when the token has ended
     */
    public CompletableFuture<Boolean> begin() {
        var reader = new Thread(this::read, "taskbound-mcp-stdin");
        reader.setDaemon(true);
        reader.start();
        return ended;
    }

    private void read() {
        var workers = Executors.newFixedThreadPool(AT_ONCE, work -> {
            var thread = new Thread(work, "taskbound-mcp-call");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (var line = line(); line.isPresent(); line = line()) {
                take(line.get(), workers);
            }
            workers.shutdown();
            workers.awaitTermination(TO_FINISH_SECONDS, TimeUnit.SECONDS);
        } catch (IOException broken) {
            workers.shutdownNow();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        ended.complete(true);
    }

    /** Of a line that is too long only its beginning, which is too long itself, so that it takes no more memory. */
    private Optional<byte[]> line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return Optional.of(line.toByteArray());
            }
            if (line.size() <= MAX_LINE) {
                line.write(c);
            }
        }
        return Optional.empty();
    }

    private void take(byte[] line, ExecutorService workers) throws IOException {
        if (line.length > MAX_LINE) {
            var error = RpcError.of(RpcError.NOT_A_REQUEST, "The message is longer than " + MAX_LINE + " bytes.");
            write(new RpcMessage.Failure(Optional.empty(), error).asJson());
            return;
        }
        try {
            if (RpcReader.read(line) instanceof RpcMessage.Call call) {
                workers.execute(() -> answer(call));
            }
        } catch (RpcFault fault) {
            write(new RpcMessage.Failure(fault.id(), fault.error()).asJson());
        }
    }

    private void answer(RpcMessage.Call call) {
        try {
            var outcome = outcome(call);
            write(message(call, outcome));
            if (outcome instanceof Outcome.Denied denied && denied.verdict().status() == 401) {
                ended.complete(false);
            }
        } catch (IOException gone) {
            ended.complete(true);
        }
    }

    /** Whatever breaks in there, the caller hears that it broke and nothing else. */
    private Outcome outcome(RpcMessage.Call call) {
        try {
            var spoken = Spoken.in(call.params());
            return spoken.fault()
                    .<Outcome>map(Outcome.Failed::new)
                    .orElseGet(() -> gateway.answer(new Caller(presented, spoken.modern()), call));
        } catch (RuntimeException broken) {
            return new Outcome.Failed(InternalFault.told(broken, operator));
        }
    }

    private static JsonObject message(RpcMessage.Call call, Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return new RpcMessage.Result(call.id(), done.result()).asJson();
        }
        var error = outcome instanceof Outcome.Failed failed
                ? failed.error()
                : RpcError.of(
                        ((Outcome.Denied) outcome).verdict().status(),
                        ((Outcome.Denied) outcome).verdict().message());
        return new RpcMessage.Failure(Optional.of(call.id()), error).asJson();
    }

    private synchronized void write(JsonObject message) throws IOException {
        out.write((JsonText.of(message) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
