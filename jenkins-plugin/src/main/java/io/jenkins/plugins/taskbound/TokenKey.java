// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import io.taskbound.client.IssuerUrl;
import java.io.Serializable;
import java.util.UUID;

/**
 * Which token of this controller is meant. The handle alone does not say: it is what some issuer answered, and a second
 * issuer may answer the same.
 *
 * @param local made here for each grant, and told to nobody
 */
record TokenKey(String issuer, String handle, UUID local) implements Serializable {
    static TokenKey of(IssuerUrl issuer, String handle) {
        return new TokenKey(issuer.toString(), handle, UUID.randomUUID());
    }

    IssuerUrl issuerUrl() {
        return IssuerUrl.of(issuer);
    }
}
