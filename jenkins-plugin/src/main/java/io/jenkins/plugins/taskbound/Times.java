// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

/** Times as the build's page shows them. */
final class Times {
    private Times() {}

    /** Such as {@code 2026-12-01 06:34:47 UTC}, from the same time in ISO 8601 with whole seconds. */
    static String forPeople(String time) {
        return time.replace('T', ' ').replace("Z", " UTC");
    }
}
