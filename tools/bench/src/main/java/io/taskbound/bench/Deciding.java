// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.identity.IdToken;
import io.taskbound.identity.Identity;
import io.taskbound.identity.Purpose;
import io.taskbound.identity.Verification;
import io.taskbound.policy.Decision;
import io.taskbound.policy.Grant;
import io.taskbound.policy.Policy;
import io.taskbound.task.Identifier;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Finding the caller's own rule, the last of a thousand; and whether one of twenty change windows is open. */
@State(Scope.Benchmark)
public class Deciding {
    private Policy repositories;
    private Policy branches;
    private Policy windows;
    private Identity caller;
    private TaskRequest request;

    @Setup
    public void start() {
        request = new TaskRequest(
                new TaskName("sign-release"),
                List.of(new RequestedPermission(
                        Collections.unmodifiableSortedSet(new TreeSet<String>()),
                        Optional.empty(),
                        new Identifier(Scene.ARTIFACT))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (var scene = new Scene()) {
            caller = verified(scene);
            repositories = PolicyText.compiled(scene.provider().issuer(), PolicyText.thousandRepositories());
            branches = PolicyText.compiled(scene.provider().issuer(), PolicyText.thousandBranches());
            windows = PolicyText.withTwentyWindows(scene.provider().issuer(), PolicyText.thousandRepositories());
        }
    }

    private static Identity verified(Scene scene) {
        var token = IdToken.of(scene.idToken(0));
        if (scene.policy().verifier().verify(token, new Purpose.Exchange(Optional.empty()), Scene.NOW)
                instanceof Verification.Verified verified) {
            return verified.identity();
        }
        throw new IllegalStateException("the scene's ID token is not accepted");
    }

    @Benchmark
    public Grant ofManyRepositories() {
        return granted(repositories.decide(caller, request, Scene.NOW));
    }

    @Benchmark
    public Grant ofOneRepository() {
        return granted(branches.decide(caller, request, Scene.NOW));
    }

    @Benchmark
    public Grant inOneOfTwentyWindows() {
        return granted(windows.decide(caller, request, Scene.NOW));
    }

    /** Not by a lambda: the time of one would be measured with the decision. */
    private static Grant granted(Decision decision) {
        if (decision instanceof Decision.Granted granted) {
            return granted.grant();
        }
        throw new IllegalStateException("the rule of the caller was not found");
    }
}
