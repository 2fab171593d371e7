// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

/** The name of a task in the policy's catalogue: {@code [a-z0-9-]{1,32}}. */
public record TaskName(String value) {
    public TaskName {
        Names.require(value, "the name of a task");
    }

    public static boolean isValid(String value) {
        return Names.isValid(value);
    }

    // Plain code, since the JDK would make its own in a cold start.
    @Override
    public boolean equals(Object other) {
        return other instanceof TaskName name && value.equals(name.value);
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
