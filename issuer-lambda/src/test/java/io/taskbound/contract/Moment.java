// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves only when a vector says so. */
final class Moment extends Clock {
    private Instant now;

    Moment(Instant start) {
        this.now = start;
    }

    void pass(long seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
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
