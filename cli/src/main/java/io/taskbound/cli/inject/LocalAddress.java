// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.net.URI;

/** The address that the command knows, in place of the service's own. */
final class LocalAddress {
    private final InjectTarget target;
    private final String url;

    LocalAddress(InjectTarget target, String url) {
        this.target = target;
        this.url = url;
    }

    /** Without a slash at its end; it holds the path's secret. */
    String url() {
        return url;
    }

    /**
     * A header Location as the command can follow it. What is at the service but not below its base, or elsewhere,
     * stays a foreign address, at which the command has no token.
     *
     * @param asked the address that was asked for
     */
    String rewritten(String location, URI asked) {
        try {
            var to = asked.resolve(location);
            var path = to.getRawPath() == null ? "" : to.getRawPath();
            if (!target.isOriginOf(to)) {
                return location;
            }
            return target.covers(path) ? url + path.substring(target.base().length()) + after(to) : to.toString();
        } catch (IllegalArgumentException noAddress) {
            return location;
        }
    }

    private static String after(URI address) {
        return (address.getRawQuery() == null ? "" : "?" + address.getRawQuery())
                + (address.getRawFragment() == null ? "" : "#" + address.getRawFragment());
    }

    @Override
    public String toString() {
        return "LocalAddress[secret]";
    }
}
