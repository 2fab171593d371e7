// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.examples;

import io.taskbound.client.CloseOutcome;
import io.taskbound.client.HeldToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TaskToken;
import io.taskbound.client.step.RefusalText;
import java.time.Duration;
import java.util.function.Consumer;

/** What a step does that holds a token; the region below is in the README, character by character. */
public final class HolderExample {
    private final IssuerClient issuer;

    public HolderExample(String issuerUrl) {
        this.issuer = IssuerClient.at(issuerUrl);
    }

    // README begin
    /** Returns what to print; the work runs only if the task was granted. */
    public String sign(String ciIdToken, String artifact, Consumer<TaskToken> work) {
        IdToken idToken = IdToken.of(ciIdToken);
        TaskRequest request =
                TaskRequest.of(TaskDetail.of("sign-release", "sign", artifact)).withLease(Duration.ofSeconds(60));
        return issuer.mint(idToken, request)
                .match(
                        granted -> signWith(granted, work),
                        wouldGrant -> "not in a dry run",
                        pending -> "ask again after an approval: "
                                + pending.approval().id(),
                        refused -> RefusalText.of(issuer.issuer(), request, idToken, refused),
                        unavailable -> "try later: " + unavailable.outage().sentence());
    }

    private String signWith(MintAnswer.Granted granted, Consumer<TaskToken> work) {
        Thread worker = Thread.currentThread();
        HeldToken held = issuer.hold(granted.token(), dead -> worker.interrupt());
        try (held) { // the heartbeat runs; the token is closed however this block ends
            work.accept(held.token());
        }
        CloseOutcome outcome = held.end(); // sends nothing again, unless closing failed
        return "signed with " + held.handle() + ", " + outcome.getClass().getSimpleName();
    }
    // README end
}
