// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import io.taskbound.client.HolderVerifier;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a block asks for, with the defaults of the configuration filled in. Kept with the build, so that a block can ask
 * again when its token died while the controller was down. Holds no secret.
 */
final class TokenRequest implements Serializable {
    private static final long serialVersionUID = 1;

    private final String issuer;
    private final String credentialsId;
    private final String task;
    private final List<TaskTarget> targets;
    private final String lifetime;
    private final String lease;

    /** An empty lifetime or lease leaves it to the policy. */
    TokenRequest(
            String issuer, String credentialsId, String task, List<TaskTarget> targets, String lifetime, String lease) {
        this.issuer = issuer;
        this.credentialsId = credentialsId;
        this.task = task;
        this.targets = List.copyOf(targets);
        this.lifetime = lifetime;
        this.lease = lease;
    }

    IssuerUrl issuer() {
        return IssuerUrl.of(issuer);
    }

    String credentialsId() {
        return credentialsId;
    }

    String task() {
        return task;
    }

    /** Each with its actions, for people. */
    List<String> targets() {
        // A plain list: the build's XML would else name an inner class of the JDK.
        return new ArrayList<>(targets.stream().map(TaskTarget::shown).toList());
    }

    /** A new task instance each time. Refuses what no issuer takes with an {@link IllegalArgumentException}. */
    TaskRequest request() {
        return request(UUID.randomUUID(), HolderVerifier.random());
    }

    /** The task instance that was asked for before. */
    TaskRequest request(UUID txn, HolderVerifier holder) {
        List<TaskDetail> details =
                targets.stream().map(target -> target.of(task)).toList();
        return new TaskRequest(
                details, txn, asked("lifetime", lifetime), asked("lease", lease), Optional.empty(), holder);
    }

    private static Optional<Duration> asked(String name, String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(StepDuration.read(name, text));
    }
}
