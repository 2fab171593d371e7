// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request's body that knows whether it was asked for. The JDK asks once there is a connection, so until then nothing
 * was sent, whatever its exception says: a proxy that refuses the tunnel is one like any other there.
 */
final class SentBody implements BodyPublisher {
    private enum State {
        WAITING,
        ASKED_FOR,
        GIVEN_UP
    }

    private final BodyPublisher body;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    SentBody(BodyPublisher body) {
        this.body = body;
    }

    /** True when nothing was sent; from then on nothing will be. */
    boolean withhold() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP) || state.get() == State.GIVEN_UP;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (state.compareAndSet(State.WAITING, State.ASKED_FOR) || state.get() == State.ASKED_FOR) {
            body.subscribe(subscriber);
            return;
        }
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                // Nothing to give.
            }

            @Override
            public void cancel() {
                // Nothing to stop.
            }
        });
        subscriber.onError(new IOException("given up before it was sent"));
    }
}
