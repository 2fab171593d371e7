// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The indicator {@code taskbound} of Spring Boot 4, where the types have another package. */
final class HealthFromBoot4 implements HealthIndicator {
    private final IssuerHealth health;

    HealthFromBoot4(IssuerHealth health) {
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
