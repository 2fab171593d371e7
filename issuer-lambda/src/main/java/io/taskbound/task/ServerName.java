// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

/**
 * The policy's name for a resource server, which is also its client id at /introspect and /redeem:
 * {@code [a-z0-9-]{1,32}}.
 */
public record ServerName(String value) {
    public ServerName {
        Names.require(value, "the name of a resource server");
    }

    public static boolean isValid(String value) {
        return Names.isValid(value);
    }

    // Plain code, since the JDK would make its own in a cold start.
    @Override
    public boolean equals(Object other) {
        return other instanceof ServerName name && value.equals(name.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
