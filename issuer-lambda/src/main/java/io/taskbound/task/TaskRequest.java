// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a step declares that it is about to do; well-formed, not yet allowed.
 *
 * @param task the catalogue entry it names
 * @param permissions 1 to {@value #MAX_PERMISSIONS} objects, all of this task and one resource server
 * @param audience the one resource server's audience, where {@code locations}, {@code resource} or {@code audience}
 *     names it
 * @param lifetime the longest life wanted; the policy may give less
 * @param lease the heartbeat lease wanted; the policy may give less
 */
public record TaskRequest(
        TaskName task,
        List<RequestedPermission> permissions,
        Optional<String> audience,
        Optional<Duration> lifetime,
        Optional<Duration> lease) {
    public static final int MAX_PERMISSIONS = 8;

    public TaskRequest {
        permissions = List.copyOf(permissions);
        if (permissions.isEmpty() || permissions.size() > MAX_PERMISSIONS) {
            throw new IllegalArgumentException("permissions must be 1 to " + MAX_PERMISSIONS);
        }
    }
}
