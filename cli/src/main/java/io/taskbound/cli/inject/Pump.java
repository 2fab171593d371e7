// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** Hands on a body as its subscriber asks for it; waits for the next piece on a thread of its own. */
final class Pump implements Subscription {
    private static final int PIECE = 16 * 1024;

    private final Upload upload;
    private final Subscriber<? super ByteBuffer> subscriber;
    private final Executor executor;
    private long wanted;
    private boolean running;
    private boolean over;

    Pump(Upload upload, Subscriber<? super ByteBuffer> subscriber, Executor executor) {
        this.upload = upload;
        this.subscriber = subscriber;
        this.executor = executor;
    }

    @Override
    public void request(long more) {
        boolean starts;
        synchronized (this) {
            // By the rules of reactive streams (3.17) the sum may exceed what a long holds.
            wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
            starts = !running && !over;
            running |= starts;
        }
        if (starts) {
            executor.execute(this::run);
        }
    }

    @Override
    public synchronized void cancel() {
        over = true;
    }

    private void run() {
        try {
            while (mayGoOn()) {
                Optional<ByteBuffer> piece = upload.next(new byte[PIECE]);
                if (piece.isEmpty()) {
                    cancel();
                    subscriber.onComplete();
                    return;
                }
                subscriber.onNext(piece.get());
            }
        } catch (IOException broken) {
            cancel();
            subscriber.onError(broken);
        }
    }

    private synchronized boolean mayGoOn() {
        running = wanted > 0 && !over;
        wanted -= running ? 1 : 0;
        return running;
    }
}
