// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.approval;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A request that waits for a person. Foreign text is printable.
 *
 * @param link where the run can be seen
 * @param until when nobody can decide on it any more
 */
public record ListedApproval(
        String id,
        Optional<URI> uri,
        String task,
        Optional<String> project,
        Optional<String> run,
        Optional<String> link,
        Instant requestedAt,
        Instant until) {}
