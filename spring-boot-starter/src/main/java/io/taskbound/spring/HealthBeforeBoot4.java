// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** The indicator {@code taskbound} of Spring Boot 3. */
final class HealthBeforeBoot4 implements HealthIndicator {
    private final IssuerHealth health;

    HealthBeforeBoot4(IssuerHealth health) {
        this.health = health;
    }

    @Override
    public Health health() {
        return health.fault()
                .map(fault -> Health.down().withDetail("fault", fault))
                .orElseGet(Health::up)
                .withDetail("issuer", health.issuer())
                .build();
    }
}
