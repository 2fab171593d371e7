// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

/** Sign: one token for one artifact, good for one signature whoever holds it. */
final class SignAct {
    private final Scene scene;
    private final Artifact app = Artifact.of("app.jar", "the release that was built");
    private final Artifact evil = Artifact.of("evil.jar", "something else");

    SignAct(Scene scene) {
        this.scene = scene;
    }

    /** The handle of the token. */
    String play() throws StoryBroken {
        var request = Scene.request("sign-release", "sign", app.identifier());
        var idToken = scene.stepIdToken(request);
        scene.transcript().tell("step", "Sign asks: sign " + app.shortName());
        var answer = scene.client().mint(idToken, request);
        var granted = Observed.token(answer, "Sign");
        var handle = granted.handle();
        scene.transcript()
                .answer(Scene.GRANTED, scene.observed(answer), scene.records().limits(handle));

        var stolen = granted.token();
        var again = Scene.request("sign-release", "sign", evil.identifier()).withTxn(request.txn());
        scene.thief("replays the step's ID token", "replayed", scene.mint(idToken, again));
        scene.thief("takes the token to evil.jar", "not_permitted", "signer", stolen, "sign", evil.identifier());
        scene.thief(
                "takes the token to the deploy API",
                "other_resource_server",
                "deployer",
                stolen,
                "deploy",
                Scene.PRODUCTION);
        var signed = scene.redeem("signer", granted.token(), "sign", app.identifier(), "SIGNED");
        scene.transcript()
                .act(
                        "signer",
                        "app.jar",
                        Observed.did("SIGNED"),
                        signed,
                        scene.records().uses(handle));
        scene.thief("asks for one more signature", "spent", "signer", stolen, "sign", app.identifier());
        return handle;
    }
}
