// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still, and a sleeper that moves it on and notes each pause. */
final class TestClock extends Clock implements Sleeper {
    static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private volatile Instant now = START;

    void advance(Duration by) {
        now = now.plus(by);
    }

    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public void sleep(Duration pause) {
        pauses.add(pause);
        advance(pause);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
