// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Answers the n-th POST to a path by itself, counted from 1. */
record Nth(String path, int number, Reply reply, AtomicInteger count) implements Twist {
    Nth(String path, int number, Reply reply) {
        this(path, number, reply, new AtomicInteger());
    }

    Nth again() {
        return new Nth(path, number, reply);
    }

    @Override
    public Reply answer(Asked asked, Supplier<Reply> real) {
        return asked.is("POST", path) && count.incrementAndGet() == number ? reply : real.get();
    }
}
