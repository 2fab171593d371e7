// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

/**
 * The policy's name for a hook, which is also the end of its address {@code /hooks/{name}}: {@code [a-z0-9-]{1,32}}.
 */
public record HookName(String value) {
    public HookName {
        Names.require(value, "the name of a hook");
    }

    public static boolean isValid(String value) {
        return Names.isValid(value);
    }

    // Plain code, since the JDK would make its own in a cold start.
    @Override
    public boolean equals(Object other) {
        return other instanceof HookName name && value.equals(name.value);
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
