// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Of an answer whose head was enough: its body may have no end. */
final class UnwantedBody implements BodySubscriber<byte[]> {
    private static final byte[] NOTHING = {};

    @Override
    public CompletionStage<byte[]> getBody() {
        return CompletableFuture.completedFuture(NOTHING);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> ignored) {
        // It was cancelled.
    }

    @Override
    public void onError(Throwable ignored) {
        // It was cancelled.
    }

    @Override
    public void onComplete() {
        // It was short.
    }
}
