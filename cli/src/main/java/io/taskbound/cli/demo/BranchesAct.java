// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.client.IdToken;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.local.ClaimSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Two parallel branches of one Jenkins build that ask within the same second. Their ID tokens' claims are the same but
 * for the task instance in the audience; without it the tokens would be the same bytes, and the second branch a replay.
 */
final class BranchesAct {
    private static final int TRIES = 5;

    private final Scene scene;

    BranchesAct(Scene scene) {
        this.scene = scene;
    }

    /** One branch: what it asks for, and its ID token. */
    private record Branch(String name, TaskRequest request, ClaimSet claims) {}

    void play() throws StoryBroken {
        var branches = inTheSameSecond();
        boolean twins = Objects.equals(withoutInstance(branches.get(0)), withoutInstance(branches.get(1)));
        scene.transcript()
                .tell(
                        "step",
                        "Two branches ask in the same second; but for the audience their ID tokens "
                                + (twins ? "are identical" : "differ"));
        var answers = branches.stream()
                .map(branch -> CompletableFuture.supplyAsync(() -> mint(branch)))
                .toList();
        for (int i = 0; i < branches.size(); i++) {
            var answer = answers.get(i).join();
            var observed = answer instanceof MintAnswer.Granted ? Scene.GRANTED : scene.observed(answer);
            var handle = Observed.token(answer, branches.get(i).name()).handle();
            scene.transcript()
                    .act(
                            "step",
                            branches.get(i).name() + " asks: sign its artifact",
                            Scene.GRANTED,
                            observed,
                            "handle " + RecordLine.shortHandle(handle));
        }
    }

    private MintAnswer mint(Branch branch) {
        return scene.client().mint(IdToken.of(scene.stage().provider().idToken(branch.claims())), branch.request());
    }

    /** A second may end between the two; then they are made again. */
    private List<Branch> inTheSameSecond() throws StoryBroken {
        for (int i = 0; i < TRIES; i++) {
            var branches = Stream.of("Linux", "Windows").map(this::branch).toList();
            var times = branches.stream().map(branch -> branch.claims().asMap().get("iat"));
            if (times.distinct().count() == 1) {
                return branches;
            }
        }
        throw new StoryBroken("two ID tokens of the same second could not be had");
    }

    private Branch branch(String name) {
        var artifact = Artifact.of("app-" + name.toLowerCase(Locale.ROOT) + ".jar", "built on " + name);
        var request = TaskRequest.of(TaskDetail.of("sign-release", "sign", artifact.identifier()));
        return new Branch(
                name,
                request,
                scene.role()
                        .step(scene.stage().provider(), scene.stage().issuer().toString(), request.txn()));
    }

    private String withoutInstance(Branch branch) {
        return scene.stage()
                .provider()
                .idToken(branch.claims().forAudience(scene.stage().issuer().toString()));
    }
}
