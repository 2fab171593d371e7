// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.time.Duration;

/** Which CI system a {@link StandInProvider} stands in for: what differs outside the claims. */
public enum Dialect {
    GITHUB("", Duration.ofMinutes(5)),
    /** The oidc-provider plugin: its issuer is below the controller, and a key's id is the credential's. */
    JENKINS("/oidc", Duration.ofHours(1)),
    GITLAB("", Duration.ofHours(1)),
    BUILDKITE("", Duration.ofMinutes(5)),
    /** Each organisation is an issuer of its own. */
    CIRCLECI("/org/" + Ids.CIRCLECI_ORGANISATION, Duration.ofHours(1)),
    KUBERNETES("", Duration.ofHours(1));

    private final String issuerPath;
    private final Duration life;

    Dialect(String issuerPath, Duration life) {
        this.issuerPath = issuerPath;
        this.life = life;
    }

    String issuerPath() {
        return issuerPath;
    }

    /** How long this system's ID tokens live. */
    Duration life() {
        return life;
    }
}
