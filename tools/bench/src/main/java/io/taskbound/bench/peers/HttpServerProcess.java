// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;

/** A server that listens on a port of loopback, asked over eight connections at the same time. */
final class HttpServerProcess implements Server {
    private static final int CALLERS = 8;
    private final OwnProcess process;
    private final Started started;
    private final int port;
    private final IntFunction<List<byte[]>> requests;
    private final Runnable afterwards;

    /**
     * @param requests makes so many
     * @param afterwards when the process has ended
     */
    HttpServerProcess(
            OwnProcess process, Started started, int port, IntFunction<List<byte[]>> requests, Runnable afterwards) {
        this.process = process;
        this.started = started;
        this.port = port;
        this.requests = requests;
        this.afterwards = afterwards;
    }

    @Override
    public Started started() {
        return started;
    }

    @Override
    public OwnProcess process() {
        return process;
    }

    @Override
    public int callers() {
        return CALLERS;
    }

    @Override
    public List<byte[]> requests(int count) {
        return requests.apply(count);
    }

    @Override
    public Exchange open() throws IOException {
        return new HttpExchange(port);
    }

    @Override
    public void close() {
        process.close();
        afterwards.run();
    }
}
