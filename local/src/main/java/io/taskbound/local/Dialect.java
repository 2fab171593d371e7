// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.time.Duration;

/** Which CI system a {@link StandInProvider} stands in for: what differs outside the claims. */
public enum Dialect {
    GITHUB("", "/jwks", "application/json", Duration.ofMinutes(5)),
    /** The oidc-provider plugin: its issuer is below the controller, and a key's id is the credential's. */
    JENKINS("/oidc", "/jwks", "application/json", Duration.ofHours(1)),
    GITLAB("", "/jwks", "application/json", Duration.ofHours(1)),
    BUILDKITE("", "/jwks", "application/json", Duration.ofMinutes(5)),
    /** Each organisation is an issuer of its own. */
    CIRCLECI("/org/" + Ids.CIRCLECI_ORGANISATION, "/jwks", "application/json", Duration.ofHours(1)),
    /** The API server gives its keys only to those who accept the media type of a key set; others get 406. */
    KUBERNETES("", "/openid/v1/jwks", "application/jwk-set+json", Duration.ofHours(1));

    private final String issuerPath;
    private final String keysPath;
    private final String keysType;
    private final Duration life;

    Dialect(String issuerPath, String keysPath, String keysType, Duration life) {
        this.issuerPath = issuerPath;
        this.keysPath = keysPath;
        this.keysType = keysType;
        this.life = life;
    }

    String issuerPath() {
        return issuerPath;
    }

    /** Where the key set is, below the issuer. */
    String keysPath() {
        return keysPath;
    }

    /** The media type of the key set, which a request must accept. */
    String keysType() {
        return keysType;
    }

    /** How long this system's ID tokens live. */
    Duration life() {
        return life;
    }
}
