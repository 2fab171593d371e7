// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.status.StatusListName;

/** Where a status list is published: under the issuer's own URL. */
public final class StatusAddress {
    public static final String PATH = "/status/";

    private StatusAddress() {}

    static String of(String issuer, StatusListName list) {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return base + PATH + list;
    }
}
