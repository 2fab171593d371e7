// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Answers the n-th request that shows a proof by itself, counted from 1: the probe shows them in a fixed order. */
record NthProof(int number, Reply reply, AtomicInteger count) implements Twist {
    NthProof(int number, Reply reply) {
        this(number, reply, new AtomicInteger());
    }

    NthProof again() {
        return new NthProof(number, reply);
    }

    @Override
    public Reply answer(Asked asked, Supplier<Reply> real) {
        return asked.isExchange() && count.incrementAndGet() == number ? reply : real.get();
    }
}
