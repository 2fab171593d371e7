// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.springframework.security.core.Authentication;

/**
 * How one step gets its token: it asks the issuer off the CPS thread, and asks again while people have yet to approve
 * the task. Between two requests it holds no thread. Nothing of it is saved; after a restart of Jenkins a wait
 * continues from what {@link StepState.Waiting} kept.
 */
final class TokenAcquisition {
    private static final Logger LOGGER = Logger.getLogger(TokenAcquisition.class.getName());

    private final TaskTokenExecution step;
    private final TokenRequest wanted;
    private final boolean dryRun;
    private final @CheckForNull Duration approvalWait;

    private volatile @CheckForNull Future<?> asking;
    /** Whether the issuer is being asked now; between two requests of a wait it is not. */
    private volatile boolean busy;
    /** The wait for people; null before it and after it. */
    private volatile @CheckForNull PeopleWait people;

    /** @param approvalWait how long to wait for people; null for as long as the issuer says */
    TokenAcquisition(
            TaskTokenExecution step, TokenRequest wanted, boolean dryRun, @CheckForNull Duration approvalWait) {
        this.step = step;
        this.wanted = wanted;
        this.dryRun = dryRun;
        this.approvalWait = approvalWait;
    }

    /** Asks with the rights of the caller, who does not wait for it. */
    void start() {
        Authentication build = Jenkins.getAuthentication2();
        asking = Background.now(() -> as(() -> build, () -> {
            StepRequest request = request(approvalWait);
            take(request.first(step::isOver), request.scene());
        }));
    }

    /** Continues a wait after a restart of Jenkins. */
    void resume(StepState.Waiting before) {
        try {
            StepScene scene = StepScene.of(new StepSite(step.getContext()));
            PeopleWait wait = PeopleWait.resume(wanted, before.kept(), approvalWait, scene);
            people = wait;
            wait.show();
            step.getContext().get(TaskListener.class).getLogger().println(BlockText.waitsAgain());
            wait.tell();
            schedule(wait, before.kept().next());
        } catch (IOException | RuntimeException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    /** Asks no more: the step was stopped. */
    void stop() {
        Future<?> asked = asking;
        if (asked != null) {
            asked.cancel(true);
        }
        PeopleWait wait = people;
        if (wait != null) {
            wait.hide();
            wait.tellStopped();
        }
    }

    /** Whether the issuer is being asked at this moment, for the second time or a later one. */
    boolean isBusy() {
        return busy;
    }

    /** Who has yet to approve, for people; empty while the step waits for nobody. */
    Optional<String> waitsFor() {
        return Optional.ofNullable(people).map(wait -> wait.shown().getWords());
    }

    /** A request that waits for nobody. */
    StepRequest requestWithoutWaiting() throws IOException, InterruptedException {
        return request(Duration.ZERO);
    }

    private StepRequest request(@CheckForNull Duration longestWait) throws IOException, InterruptedException {
        StepScene scene = StepScene.of(new StepSite(step.getContext()));
        BuildsWithTokens.get().add(scene.run());
        return new StepRequest(wanted, dryRun, longestWait, scene);
    }

    /** @param scene as it was before the request: a step that was aborted meanwhile has none any more */
    private void take(StepRequest.Outcome came, StepScene scene) throws IOException, InterruptedException {
        if (came.people().isPresent()) {
            waitFor(came.people().get());
        } else if (came.token().isPresent()) {
            boolean approved = people != null;
            hide();
            step.granted(came.token().get(), scene, approved);
        } else if (!step.isOver()) {
            step.getContext().onSuccess(null);
        }
    }

    private void waitFor(PeopleWait wait) {
        Instant next = wait.askAgainAt().orElseThrow();
        if (people == null && !wait.show()) {
            // The build ended while the issuer was asked, so nothing else will end this step.
            step.leave();
        }
        people = wait;
        StepState before = step.state();
        if (!step.enter(new StepState.Waiting(wait.stored(next)))) {
            wait.hide();
            wait.tellStopped();
            return;
        }
        if (!(before instanceof StepState.Waiting known) || wait.differsFrom(known.kept())) {
            step.getContext().saveState();
        }
        wait.tell();
        schedule(wait, next);
    }

    private void schedule(PeopleWait wait, Instant next) {
        Duration pause = Duration.between(Instant.now(), next);
        Background.after(pause.isNegative() ? Duration.ZERO : pause, () -> askAgain(wait), started -> asking = started);
    }

    private void askAgain(PeopleWait wait) {
        busy = true;
        if (wait.isOfAnEndedBuild()) {
            // Such as after a hard kill, which tells no step.
            step.leave();
        }
        try {
            as(this::authentication, () -> {
                if (!step.isOver()) {
                    StepRequest request = request(approvalWait);
                    take(request.again(wait, step::isOver), request.scene());
                }
            });
        } finally {
            busy = false;
        }
    }

    private Authentication authentication() throws IOException, InterruptedException {
        return step.getContext().get(FlowExecution.class).getAuthentication2();
    }

    private interface Found<T> {
        T get() throws IOException, InterruptedException;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** With the rights of the build; what goes wrong ends the step. */
    private void as(Found<Authentication> build, Work work) {
        try (ACLContext ignored = ACL.as2(build.get())) {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** A step that was aborted has failed already, with the reason of the abort. */
    private void fail(Throwable why) {
        hide();
        if (step.isOver()) {
            LOGGER.log(Level.FINE, why, () -> "after the abort of " + wanted.task());
        } else {
            step.getContext().onFailure(why);
        }
    }

    private void hide() {
        PeopleWait wait = people;
        people = null;
        if (wait != null) {
            wait.hide();
        }
    }
}
