// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.model.TaskListener;
import io.taskbound.client.CloseAnswer;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.RenewAnswer;
import io.taskbound.client.TaskToken;
import io.taskbound.client.step.StepText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A token that this controller keeps alive by its heartbeat and closes. Thread-safe; nothing here throws. */
final class LiveToken {
    private final IssuerUrl issuer;
    private final HeldState held;
    private final TaskListener log;
    private volatile boolean ending;
    private volatile boolean dead;
    private Optional<CloseOutcome> outcome = Optional.empty();

    LiveToken(IssuerUrl issuer, HeldState held, TaskListener log) {
        this.issuer = issuer;
        this.held = held;
        this.log = log;
    }

    String handle() {
        return held.handle();
    }

    Optional<Duration> lease() {
        return held.lease();
    }

    boolean isOver() {
        return ending || dead;
    }

    Duration lived(Instant now) {
        return Duration.between(held.grantedAt(), now);
    }

    /** One heartbeat. The answer says whether the token is alive, as far as anyone knows. */
    boolean beat(Duration lease) {
        if (isOver()) {
            return false;
        }
        RenewAnswer answer = IssuerClients.beating(issuer, lease).renew(held.token());
        if (!ending) {
            say(answer);
        }
        return !dead;
    }

    private void say(RenewAnswer answer) {
        if (answer instanceof RenewAnswer.Refused no) {
            dead = true;
            log.getLogger().println(StepText.lost(handle(), no.refusal()));
        }
        if (answer instanceof RenewAnswer.Unavailable none) {
            log.getLogger().println(StepText.missed(handle(), none.outage()));
        }
    }

    /**
     * Closes it, with up to three tries, also on an interrupted thread, whose flag it keeps. Once it is known to be dead, a further
     * call sends nothing; until then each one tries again.
     */
    synchronized CloseOutcome end() {
        ending = true;
        if (outcome.isEmpty()) {
            CloseOutcome tried = close();
            if (tried instanceof CloseOutcome.Failed) {
                return tried;
            }
            outcome = Optional.of(tried);
            LiveTokens.get().forget(this);
        }
        return outcome.get();
    }

    /** An aborted build is exactly when the token must go, and the abort interrupts this thread. */
    private CloseOutcome close() {
        boolean interrupted = Thread.interrupted();
        try {
            TaskToken token = held.token();
            return read(IssuerClients.at(issuer).close(token));
        } catch (RuntimeException e) {
            return failed("closing broke off (" + e.getClass().getSimpleName() + ")");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private CloseOutcome read(CloseAnswer answer) {
        return answer.match(
                closed -> isDead() ? new CloseOutcome.AlreadyDead(handle()) : new CloseOutcome.Closed(handle()),
                no -> failed("refused: " + no.refusal().code()),
                none -> failed(none.outage().sentence()));
    }

    private CloseOutcome failed(String why) {
        return isDead()
                ? new CloseOutcome.AlreadyDead(handle())
                : new CloseOutcome.Failed(handle(), held.expiresAt(), why);
    }

    private boolean isDead() {
        return dead || !Instant.now().isBefore(held.expiresAt());
    }
}
