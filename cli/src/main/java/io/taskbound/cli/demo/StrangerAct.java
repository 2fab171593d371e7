// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.cli.review.AuditedDecision;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.Refusal;

/** Somebody else asks for the same: told nothing but a request id, with which the policy's owner finds the reason. */
final class StrangerAct {
    private final Scene scene;

    StrangerAct(Scene scene) {
        this.scene = scene;
    }

    void play() throws StoryBroken {
        var artifact = Artifact.of("app.jar", "a stranger's build");
        var request = Scene.request("sign-release", "sign", artifact.identifier());
        var stage = scene.stage();
        var claims = scene.role().stranger(stage.provider(), stage.issuer().toString(), request.txn());
        var answer = scene.client().mint(IdToken.of(stage.provider().idToken(claims)), request);
        if (!(answer instanceof MintAnswer.Refused refused)) {
            throw new StoryBroken(scene.role().strangerName() + " was not refused");
        }
        tell(answer, refused.refusal());
    }

    private void tell(MintAnswer answer, Refusal refusal) throws StoryBroken {
        var requestId = refusal.requestId().orElseThrow(() -> new StoryBroken("a refusal had no request id"));
        scene.transcript()
                .act(
                        "fork",
                        scene.role().strangerName() + " asks to sign",
                        Observed.refused("not_allowed"),
                        scene.observed(answer),
                        "request " + requestId);
        scene.transcript()
                .note("what the fork's log says:    " + refusal.description().orElse(refusal.code()));
        scene.transcript().note("what the policy owner sees:  " + ownersView(requestId));
    }

    /** As {@code taskbound policy explain --request-id R --audit FILE} finds it. */
    private String ownersView(String requestId) throws StoryBroken {
        try {
            return AuditedDecision.in(scene.stage().audit().path(), requestId)
                    .nearest()
                    .orElseThrow(() -> new StoryBroken("the audit log does not say which rule came nearest"));
        } catch (Complaint notFound) {
            throw new StoryBroken("the audit log does not have the refusal");
        }
    }
}
