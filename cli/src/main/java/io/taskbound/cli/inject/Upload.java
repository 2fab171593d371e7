// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscriber;

/**
 * The body of a request on its way to the service, piece by piece and never faster than the service takes it. A short
 * one is remembered, so that it can be sent once more. Unlike the JDK's own publisher, a body that breaks off breaks
 * the request off, too: it is never passed on as if it were whole.
 */
final class Upload {
    /** The longest that is remembered, in octets. */
    static final int REMEMBERED = 1024 * 1024;

    private final InputStream in;
    private final long length;
    private final Runnable progress;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private long octets;
    private volatile boolean whole;

    /**
     * A body that has begun to arrive.
     *
     * @param length in octets; -1 if it is not known beforehand
     * @param progress called after each piece
     */
    Upload(InputStream in, long length, Runnable progress) {
        this.in = in;
        this.length = length;
        this.progress = progress;
        this.whole = length == 0;
    }

    /** Whether it was read to its end. */
    boolean isWhole() {
        return whole;
    }

    /** To be sent for the first time. */
    BodyPublisher first(Executor executor) {
        return length == 0 ? BodyPublishers.noBody() : new Arriving(executor);
    }

    /** To be sent once more; empty if it was too long to be remembered, or was not read to its end. */
    synchronized Optional<BodyPublisher> again() {
        if (length == 0) {
            return Optional.of(BodyPublishers.noBody());
        }
        return whole && octets <= REMEMBERED
                ? Optional.of(BodyPublishers.ofByteArray(memory.toByteArray()))
                : Optional.empty();
    }

    /** Nothing at the end. */
    synchronized Optional<ByteBuffer> next(byte[] buffer) throws IOException {
        int read = in.read(buffer);
        progress.run();
        if (read < 0) {
            if (length >= 0 && octets != length) {
                throw new IOException("the body ended early");
            }
            whole = true;
            return Optional.empty();
        }
        octets += read;
        if (octets <= REMEMBERED) {
            memory.write(buffer, 0, read);
        } else {
            memory.reset();
        }
        return Optional.of(ByteBuffer.wrap(buffer, 0, read));
    }

    /** Reads on to its end, but no more than so many octets; what it finds is lost. */
    synchronized void discard(int most) {
        try {
            var lost = in.readNBytes(whole ? 0 : most);
            octets += lost.length;
        } catch (IOException gone) {
            // Then nobody waits for an answer.
            return;
        }
    }

    private final class Arriving implements BodyPublisher {
        private final Executor executor;

        Arriving(Executor executor) {
            this.executor = executor;
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Pump(Upload.this, subscriber, executor));
        }
    }
}
