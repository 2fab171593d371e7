// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The machine's clock, put forward by what a test says. */
final class LaterClock extends Clock {
    private final Clock real = Clock.systemUTC();
    private final AtomicReference<Duration> later;

    LaterClock(AtomicReference<Duration> later) {
        this.later = later;
    }

    @Override
    public Instant instant() {
        return real.instant().plus(later.get());
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
