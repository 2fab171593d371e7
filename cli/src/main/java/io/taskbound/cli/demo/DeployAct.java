// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.client.CloseOutcome;
import io.taskbound.client.LeaseListener;
import java.time.Duration;

/** Deploy: the token ends with its step, and the thief's copy with it. */
final class DeployAct {
    private static final Duration WORK = Duration.ofMillis(200);

    private final Scene scene;

    DeployAct(Scene scene) {
        this.scene = scene;
    }

    void play() throws StoryBroken, InterruptedException {
        var request = Scene.request("deploy", "deploy", Scene.PRODUCTION);
        var answer = scene.client().mint(scene.stepIdToken(request), request);
        var granted = Observed.token(answer, "Deploy");
        scene.transcript()
                .act(
                        "step",
                        "Deploy asks: deploy shop to production",
                        Scene.GRANTED,
                        scene.observed(answer),
                        "handle " + RecordLine.shortHandle(granted.handle()));
        var held = scene.client().hold(granted, LeaseListener.ignoring());
        var stolen = held.token();
        Thread.sleep(WORK.toMillis());
        var closed =
                held.end() instanceof CloseOutcome.Closed ? Observed.did("CLOSED") : Observed.refused("not closed");
        scene.transcript()
                .act(
                        "step",
                        "Deploy ends",
                        Observed.did("CLOSED"),
                        closed,
                        scene.records().end(held.handle()));
        scene.thief("uses the copy it took from the step", "closed", "deployer", stolen, "deploy", Scene.PRODUCTION);
    }
}
