// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.local.ClaimSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Two parallel branches of one Jenkins build that ask within the same second. Their ID tokens' claims are the same but
 * for the task instance in the audience; without it the tokens would be the same octets, and the second branch a replay.
 */
final class Branches {
    private static final int TRIES = 5;

    private final Stage stage;
    private final Role role;
    private final IssuerClient client;
    private final Transcript transcript;

    Branches(Stage stage, Role role, IssuerClient client, Transcript transcript) {
        this.stage = stage;
        this.role = role;
        this.client = client;
        this.transcript = transcript;
    }

    /** One branch: what it asks for, and its ID token. */
    private record Branch(String name, TaskRequest request, ClaimSet claims) {}

    void play() throws StoryBroken {
        var branches = inTheSameSecond();
        boolean twins = Objects.equals(withoutInstance(branches.get(0)), withoutInstance(branches.get(1)));
        transcript.tell(
                "step",
                "Two branches ask in the same second; but for the audience their ID tokens "
                        + (twins ? "are the same octets" : "differ"));
        var answers = branches.stream()
                .map(branch -> CompletableFuture.supplyAsync(() -> mint(branch)))
                .toList();
        for (int i = 0; i < branches.size(); i++) {
            var answer = answers.get(i).join();
            var observed = answer instanceof MintAnswer.Granted
                    ? Observed.did(Observed.GRANTED)
                    : Observed.of(answer, stage.audit());
            var handle = Observed.token(answer, branches.get(i).name()).handle();
            transcript.act(
                    "step",
                    branches.get(i).name() + " asks: sign its artifact",
                    Observed.did(Observed.GRANTED),
                    observed,
                    "handle " + RecordLine.shortHandle(handle));
        }
    }

    private MintAnswer mint(Branch branch) {
        return client.mint(IdToken.of(stage.provider().idToken(branch.claims())), branch.request());
    }

    /** A second may end between the two; then they are made anew. */
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
        var artifact = Artifact.of("app-" + name.toLowerCase(java.util.Locale.ROOT) + ".jar", "built on " + name);
        var request = TaskRequest.of(TaskDetail.of("sign-release", "sign", artifact.identifier()));
        return new Branch(
                name, request, role.step(stage.provider(), stage.issuer().toString(), request.txn()));
    }

    private String withoutInstance(Branch branch) {
        return stage.provider()
                .idToken(branch.claims().forAudience(stage.issuer().toString()));
    }
}
