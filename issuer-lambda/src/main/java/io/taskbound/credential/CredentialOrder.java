// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.identity.Requester;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import java.time.Instant;

/**
 * For whom a credential is asked for, and until when.
 *
 * @param handle of the task token, named to the foreign service where it takes such a name
 * @param now when the request came
 * @param dead when the task token is dead at the latest if no heartbeat comes: its lease's deadline, or its expiry
 * @param expires the task token's expiry, after which no credential may be alive
 */
public record CredentialOrder(
        Jti handle, TaskName task, Requester requester, Instant now, Instant dead, Instant expires) {}
