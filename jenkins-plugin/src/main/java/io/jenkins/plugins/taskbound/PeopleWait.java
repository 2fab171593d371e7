// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.PendingApproval;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.step.ApprovalText;
import io.taskbound.client.step.ApprovalWait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The wait of one step until people have approved it: what the log and the pages of its build say of it, and when to
 * ask the issuer again. It holds no thread.
 */
final class PeopleWait {
    private final TokenRequest wanted;
    private final TaskRequest request;
    private final @CheckForNull Duration atMost;
    private final Instant begun;
    private final StepScene scene;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile ApprovalWait wait;

    private PeopleWait(
            TokenRequest wanted,
            TaskRequest request,
            @CheckForNull Duration atMost,
            Instant begun,
            StepScene scene,
            ApprovalWait wait) {
        this.wanted = wanted;
        this.request = request;
        this.atMost = atMost;
        this.begun = begun;
        this.scene = scene;
        this.wait = wait;
    }

    /** @param atMost how long the step waits; null: as long as the issuer says */
    static PeopleWait begin(
            TokenRequest wanted,
            TaskRequest request,
            PendingApproval needed,
            @CheckForNull Duration atMost,
            StepScene scene) {
        Instant now = Instant.now();
        ApprovalWait wait = ApprovalWait.begin(needed, Optional.ofNullable(atMost), now);
        return new PeopleWait(wanted, request, atMost, now, scene, wait);
    }

    /** After a restart of Jenkins: of the same request. */
    static PeopleWait resume(TokenRequest wanted, StoredWait stored, @CheckForNull Duration atMost, StepScene scene) {
        ApprovalWait wait =
                ApprovalWait.since(stored.begun(), stored.approval(), Optional.ofNullable(atMost), Instant.now());
        return new PeopleWait(wanted, stored.request(wanted), atMost, stored.begun(), scene, wait);
    }

    TaskRequest request() {
        return request;
    }

    PendingApproval approval() {
        return wait.approval();
    }

    Duration waited() {
        return wait.waited(Instant.now());
    }

    /** Empty when the step's own time is over. */
    Optional<Instant> askAgainAt() {
        return wait.askAgainAt();
    }

    /** False when the answer is the end of it. */
    boolean goesOnAfter(MintAnswer answer) {
        if (answer instanceof MintAnswer.Pending still) {
            wait = wait.heard(still.approval(), Instant.now());
            return true;
        }
        Optional<ApprovalWait> after = answer instanceof MintAnswer.Unavailable none
                ? wait.missed(none.outage(), Instant.now())
                : Optional.empty();
        wait = after.orElse(wait);
        return after.isPresent();
    }

    /** In the log, if there is something to tell. */
    void tell() {
        wait.news().ifPresent(text -> scene.log().getLogger().println(BlockText.linked(text, approval())));
    }

    void tellApproved() {
        scene.log().getLogger().println(ApprovalText.approved(waited()));
    }

    /** Once: the step was stopped. */
    void tellStopped() {
        if (!stopped.getAndSet(true)) {
            scene.log().getLogger().println(BlockText.stopped(approval()));
        }
    }

    /** From now on the pages of the build show it. False where the build has ended meanwhile. */
    boolean show() {
        return scene.page().add(this);
    }

    boolean isOfAnEndedBuild() {
        return scene.page().hasEnded();
    }

    /** It is over, and no page shows it any more. */
    void hide() {
        scene.page().over(this);
    }

    /** @param next when the issuer is asked again */
    StoredWait stored(Instant next) {
        return new StoredWait(request, approval(), begun, next);
    }

    /** Whether a restart would begin with something else than this. */
    boolean differsFrom(StoredWait stored) {
        PendingApproval then = stored.approval();
        PendingApproval now = approval();
        return !then.id().equals(now.id()) || then.given() != now.given();
    }

    /** For the pages of the build. */
    WaitingTask shown() {
        Instant last = approval().until();
        Duration limit = atMost;
        Instant until = limit != null && begun.plus(limit).isBefore(last) ? begun.plus(limit) : last;
        return new WaitingTask(wanted, scene.place(), approval(), until);
    }
}
