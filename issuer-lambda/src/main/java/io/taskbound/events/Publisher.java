// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Hands the events of a delivery to the bus. What the bus does not accept is tried again a few times, and then the
 * delivery as a whole fails, so that it is made again: an event may arrive twice, and none is left out unnoticed.
 */
public final class Publisher {
    static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final EventBus bus;
    private final String issuer;
    private final Pause pause;

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    /** @param issuer the URL of the issuer, which every event names */
    Publisher(EventBus bus, String issuer, Pause pause) {
        this.bus = bus;
        this.issuer = issuer;
        this.pause = pause;
    }

    /** @param issuer the URL of the issuer, which every event names */
    public Publisher(PutEvents bus, String issuer) {
        this(bus, issuer, length -> Thread.sleep(length.toMillis()));
    }

    /**
     * Publishes what the lines of this delivery say. Takes a few seconds at most where the bus does not answer.
     *
     * @param invocation what CloudWatch Logs invoked the function with
     * @return how many events the bus has accepted
     * @throws Undeliverable where one was not accepted, or where the delivery cannot be read
     */
    public int publish(byte[] invocation) throws Undeliverable {
        var events = LogDelivery.read(invocation).lines().stream()
                .flatMap(line -> TokenEvent.of(line, issuer).stream())
                .toList();
        var codes = new TreeSet<String>();
        int refused = 0;
        for (var batch : Batches.of(events)) {
            // The whole delivery will be made again. Attempts for each of the others would outlast the function's time.
            refused += publish(batch, refused == 0 ? ATTEMPTS : 1, codes);
        }
        if (refused > 0) {
            throw new Undeliverable(refused + " of " + events.size() + " events were not accepted: " + codes);
        }
        return events.size();
    }

    /** How many of the batch are not accepted at the end; why, goes into the codes. */
    private int publish(List<TokenEvent> batch, int attempts, TreeSet<String> codes) throws Undeliverable {
        var left = batch;
        for (int attempt = 1; ; attempt++) {
            Optional<IOException> failed = Optional.empty();
            try {
                left = refused(left, bus.put(left), codes);
            } catch (IOException unreachable) {
                failed = Optional.of(unreachable);
            }
            if (left.isEmpty()) {
                return 0;
            }
            if (attempt == attempts) {
                // Whoever does not answer would not answer for the other batches either.
                if (failed.isPresent()) {
                    throw new Undeliverable(
                            "the event bus is out of reach: " + failed.get().getMessage());
                }
                return left.size();
            }
            rest(attempt);
        }
    }

    private static List<TokenEvent> refused(
            List<TokenEvent> batch, List<Optional<String>> answers, TreeSet<String> codes) {
        var refused = new ArrayList<TokenEvent>();
        for (int i = 0; i < batch.size(); i++) {
            answers.get(i).ifPresent(codes::add);
            if (answers.get(i).isPresent()) {
                refused.add(batch.get(i));
            }
        }
        return refused;
    }

    private void rest(int attempt) throws Undeliverable {
        try {
            pause.of(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new Undeliverable("interrupted between two attempts");
        }
    }
}
