// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What an installation access token opens, and until when. */
record LiveToken(Install install, List<Repository> repositories, Map<String, String> permissions, Instant expires) {
    boolean has(Repository repository) {
        return repositories.stream().anyMatch(one -> one.id() == repository.id());
    }

    /** Whoever may write may read. */
    boolean may(String permission, boolean write) {
        var level = permissions.getOrDefault(permission, "none");
        return level.equals("write") || level.equals("admin") || (level.equals("read") && !write);
    }
}
