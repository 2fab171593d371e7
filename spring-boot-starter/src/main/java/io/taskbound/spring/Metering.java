// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;

/** {@code taskbound.enforce}: how long a decision took, by its reason and status. */
final class Metering implements EnforcementListener {
    private final ObjectProvider<MeterRegistry> registry;

    Metering(ObjectProvider<MeterRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public void decided(String reason, int status, long nanos) {
        registry.ifAvailable(meters -> Timer.builder("taskbound.enforce")
                .description("Uses of task tokens that the service asked the issuer about, or refused")
                .tag("reason", reason)
                .tag("status", Integer.toString(status))
                .register(meters)
                .record(nanos, TimeUnit.NANOSECONDS));
    }
}
